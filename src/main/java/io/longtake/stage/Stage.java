package io.longtake.stage;

import java.util.List;

/** One model step of a segment. */
@FunctionalInterface
public interface Stage {

    /**
     * Runs the stage: a pure function of the input and the model.
     *
     * @throws StageInputException if an input is missing, or is not what the manifest says
     * @throws StageCancelledException at the next denoising step after the video was cancelled
     */
    StageOutputs run(StageInput input, Cancellation cancellation);

    /** Inputs with an equal key may share a call; those of most stages all may. */
    default Object callKey(StageInput input) {
        return "";
    }

    /**
     * Runs the stage for several tasks at once: a pure function of each input, the batch's size and the model.
     *
     * @param cancellation of all of them; who wants only some of the results takes them out of what comes back
     * @return the outputs of each of the batch's inputs, in their order
     * @throws StageInputException if one of the inputs cannot be worked with; none of them has been
     */
    default List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
        return batch.inputs().stream().map(input -> run(input, cancellation)).toList();
    }
}
