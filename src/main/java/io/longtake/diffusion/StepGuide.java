package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/** Puts another state in place of the one that a sampler has arrived at: so one clip is guided by another ([VidRD] Sec. 3). */
@FunctionalInterface
public interface StepGuide {

    /** For samplings that nothing guides. */
    StepGuide NONE = (step, state) -> state;

    /**
     * The state before a step: the network gets it, and the sampler goes on from it.
     *
     * @param step from 0
     * @param state that the sampler has arrived at, not to be changed
     * @return shaped like the state; the same one if it stays as it is
     */
    Tensor at(int step, Tensor state);
}
