package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/** Fresh standard normal noise for the samplers that add some at every step. */
@FunctionalInterface
public interface StepNoise {

    /** For samplers that add none. */
    StepNoise NONE = step -> {
        throw new IllegalStateException("this sampler adds no noise");
    };

    /** Noise shaped like the state, for the step that leads to point {@code step + 1}. */
    Tensor at(int step);
}
