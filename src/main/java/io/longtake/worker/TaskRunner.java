package io.longtake.worker;

import io.longtake.event.PayloadRef;
import io.longtake.event.Shortened;
import io.longtake.event.StageTask;
import io.longtake.model.InputRole;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.PayloadReaders;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageInputException;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import io.longtake.video.FrameEncoder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What a task needs before its stage can run, and what becomes of the stage's output. */
final class TaskRunner {

    private static final int MAX_SHOWN = 60;

    private final Models models;
    private final PayloadReaders payloads;

    /** A task with all that its stage needs. */
    record Prepared(Work work, StageInput input, Models.Ready model, BatchKey key) {}

    TaskRunner(Models models, PayloadReaders payloads) {
        this.models = models;
        this.payloads = payloads;
    }

    /**
     * Fetches the task's inputs.
     *
     * @throws StageInputException if the task says something that no task may say
     * @throws RuntimeException as models and payloads have it
     */
    Prepared prepare(Work work) {
        StageTask task = work.task();
        TaskClaims.check(task);
        Models.Ready model = models.open(task.getModel(), task.getModelDigest());
        Map<InputRole, Content> inputs = new EnumMap<>(InputRole.class);
        for (Map.Entry<String, PayloadRef> input : task.getInputs().entrySet()) {
            inputs.put(InputRole.of(input.getKey()), payloads.read(input.getValue()));
        }
        StageInput input = new StageInput(
                task.getStage(), task.getSegment(), task.getScene(), Optional.ofNullable(task.getTransition()), inputs);
        return new Prepared(work, input, model, BatchKey.of(task, input, model.stages()));
    }

    /**
     * Encodes the frames if they are to be published, and keeps the outputs that the task asks for.
     *
     * @param nanos that the task took so far
     */
    TaskOutcome finish(Prepared prepared, StageOutputs made, long nanos) {
        StageTask task = prepared.work().task();
        long start = System.nanoTime() - nanos;
        Map<String, Content> kept = kept(task, made);
        if (!task.getPublish()) {
            return new TaskOutcome.Made(kept, millisSince(start));
        }
        if (!(made.out() instanceof Frames frames)) {
            throw new StageInputException(
                    "publish: expected false, for " + task.getStage() + " makes no frames, got true");
        }
        FrameBatch video = video(task, frames, prepared.model().frameRate());
        return new TaskOutcome.Encoded(video, kept, millisSince(start));
    }

    private static Map<String, Content> kept(StageTask task, StageOutputs made) {
        Map<String, Content> kept = new TreeMap<>();
        for (String output : task.getOutputs()) {
            Content content = made.byName().get(output);
            if (content == null) {
                throw new StageInputException(
                        "outputs: expected some of " + made.byName().keySet() + ", which " + task.getStage()
                                + " makes, got " + Shortened.text(output, MAX_SHOWN));
            }
            kept.put(output, content);
        }
        return kept;
    }

    private static FrameBatch video(StageTask task, Frames made, int frameRate) {
        if (task.getFrameCount() > made.count()) {
            throw new StageInputException("frame_count: expected 1.." + made.count() + ", got " + task.getFrameCount());
        }
        Frames wanted = made.count() == task.getFrameCount() ? made : made.slice(0, task.getFrameCount());
        EncodedBatch encoded = new FrameEncoder(Codec.parse(task.getCodec()), frameRate).encode(wanted);
        return new FrameBatch(
                task.getVideoId(),
                task.getSegment(),
                task.getFirstFrame(),
                task.getLast(),
                encoded,
                task.getPlannedFrames());
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
