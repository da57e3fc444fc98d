package io.longtake.worker;

import io.longtake.event.PayloadRef;
import io.longtake.event.StageTask;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.PayloadReader;
import io.longtake.stage.InputRole;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageInputException;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import io.longtake.video.FrameEncoder;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a task needs before its stage can run, and what becomes of the stage's output. */
final class TaskRunner {

    private final Models models;
    private final PayloadReader payloads;

    /** A task with all that its stage needs. */
    record Prepared(Work work, StageInput input, Models.Ready model) {}

    TaskRunner(Models models, PayloadReader payloads) {
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
        return new Prepared(
                work,
                new StageInput(
                        task.getStage(),
                        task.getSegment(),
                        task.getSeed(),
                        task.getPrompt(),
                        task.getNegativePrompt(),
                        task.getGuidance(),
                        task.getSteps(),
                        inputs),
                model);
    }

    /**
     * Encodes the frames where they are finished.
     *
     * @param nanos that the task took so far
     */
    TaskOutcome finish(Prepared prepared, Content made, long nanos) {
        StageTask task = prepared.work().task();
        long start = System.nanoTime() - nanos;
        if (!task.getPublish()) {
            return new TaskOutcome.Made(made, millisSince(start));
        }
        if (!(made instanceof Frames frames)) {
            throw new StageInputException(
                    "publish: expected false, for " + task.getStage() + " makes no frames, got true");
        }
        FrameBatch video = video(task, frames, prepared.model().frameRate());
        return new TaskOutcome.Encoded(video, millisSince(start));
    }

    private static FrameBatch video(StageTask task, Frames made, int frameRate) {
        if (task.getFrameCount() > made.count()) {
            throw new StageInputException("frame_count: expected 1.." + made.count() + ", got " + task.getFrameCount());
        }
        Frames wanted = made.count() == task.getFrameCount() ? made : made.slice(0, task.getFrameCount());
        EncodedBatch encoded = new FrameEncoder(Codec.parse(task.getCodec()), frameRate).encode(wanted);
        return new FrameBatch(task.getVideoId(), task.getSegment(), task.getFirstFrame(), task.getLast(), encoded);
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
