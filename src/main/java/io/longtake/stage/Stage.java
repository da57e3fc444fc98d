package io.longtake.stage;

import io.longtake.tensor.Content;
import java.util.List;
import java.util.Map;

/** One model step of a segment. */
@FunctionalInterface
public interface Stage {

    /** The output that every stage has: what it was asked for. */
    String OUT = "out";

    /** The output that some stages have: what they need when they make the next segment. */
    String STATE = "state";

    /**
     * Runs the stage: a pure function of the input and the model.
     *
     * @throws StageInputException if an input is missing, or is not what the manifest says
     * @throws StageCancelledException at the next denoising step after the video was cancelled
     */
    Content run(StageInput input, Cancellation cancellation);

    /**
     * Runs the stage for several tasks at once: a pure function of each input, the batch's size and the model.
     *
     * @param cancellation of all of them; who wants only some of the results takes them out of what comes back
     * @return one content for each of the batch's inputs, in their order
     * @throws StageInputException if one of the inputs cannot be worked with; none of them has been
     */
    default List<Content> run(StageBatch batch, Cancellation cancellation) {
        return batch.inputs().stream().map(input -> run(input, cancellation)).toList();
    }

    /** Runs the stage as {@link #run(StageBatch, Cancellation)} does, and returns all that it made for each input, by name. */
    default List<Map<String, Content>> outputs(StageBatch batch, Cancellation cancellation) {
        return run(batch, cancellation).stream().map(made -> Map.of(OUT, made)).toList();
    }
}
