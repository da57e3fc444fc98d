package io.longtake.stage;

import io.longtake.tensor.Content;

/** One model step of a segment. */
@FunctionalInterface
public interface Stage {

    /**
     * Runs the stage: a pure function of the input and the model.
     *
     * @throws StageInputException where an input is missing, or is not what the manifest says
     * @throws StageCancelledException at the next denoising step after the film was cancelled
     */
    Content run(StageInput input, Cancellation cancellation);
}
