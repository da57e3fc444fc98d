package io.longtake.worker;

import io.longtake.event.PayloadRef;
import io.longtake.event.StageTask;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.PayloadReader;
import io.longtake.stage.Cancellation;
import io.longtake.stage.InputRole;
import io.longtake.stage.StageCancelledException;
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

/** Does one task: fetches its inputs, runs the stage, encodes the frames where they are finished. */
final class TaskRunner {

    private final Models models;
    private final PayloadReader payloads;
    private final EndedVideos ended;

    TaskRunner(Models models, PayloadReader payloads, EndedVideos ended) {
        this.models = models;
        this.payloads = payloads;
        this.ended = ended;
    }

    /**
     * @throws StageCancelledException if this worker is asked to stop meanwhile
     * @throws RuntimeException on a passing fault: another try, perhaps elsewhere, may succeed
     */
    TaskOutcome run(StageTask task, Cancellation stopping) {
        if (ended.contains(task.getVideoId())) {
            return new TaskOutcome.Unwanted();
        }
        long start = System.nanoTime();
        try {
            Models.Ready model = models.open(task.getModel(), task.getModelDigest());
            Content made =
                    model.stages().run(input(task), () -> stopping.isCancelled() || ended.contains(task.getVideoId()));
            return task.getPublish()
                    ? new TaskOutcome.Filmed(film(task, (Frames) made, model.frameRate()), millisSince(start))
                    : new TaskOutcome.Made(made, millisSince(start));
        } catch (StageCancelledException e) {
            if (ended.contains(task.getVideoId())) {
                return new TaskOutcome.Unwanted();
            }
            throw e;
        } catch (StageInputException | CorruptPayloadException e) {
            return new TaskOutcome.Impossible(e.getMessage());
        }
    }

    private StageInput input(StageTask task) {
        Map<InputRole, Content> inputs = new EnumMap<>(InputRole.class);
        for (Map.Entry<String, PayloadRef> input : task.getInputs().entrySet()) {
            inputs.put(InputRole.of(input.getKey()), payloads.read(input.getValue()));
        }
        return new StageInput(
                task.getStage(),
                task.getSegment(),
                task.getSeed(),
                task.getPrompt(),
                task.getNegativePrompt(),
                task.getGuidance(),
                task.getSteps(),
                inputs);
    }

    private static FrameBatch film(StageTask task, Frames made, int frameRate) {
        Frames wanted = made.count() == task.getFrameCount() ? made : made.slice(0, task.getFrameCount());
        EncodedBatch encoded = new FrameEncoder(Codec.parse(task.getCodec()), frameRate).encode(wanted);
        return new FrameBatch(task.getVideoId(), task.getSegment(), task.getFirstFrame(), task.getLast(), encoded);
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }
}
