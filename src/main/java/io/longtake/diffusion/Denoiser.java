package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/** A network, guidance included, as a sampler sees it. What it throws ends the sampling: so a video is cancelled between steps. */
@FunctionalInterface
public interface Denoiser {

    /**
     * The prediction for a noisy state.
     *
     * @param state x_t, not to be changed
     * @param time discrete time t
     * @return what the network predicts ({@link Prediction}), shaped like the state
     */
    Tensor predict(Tensor state, int time);
}
