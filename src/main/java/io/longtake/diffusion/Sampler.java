package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/** Takes noise to a sample, one call of the network a step. Pure: the same arguments give the same bits. */
public sealed interface Sampler permits Ddim, DpmSolver2M {

    /**
     * Denoises.
     *
     * @param denoiser called once a step, in order
     * @param prediction what the denoiser predicts
     * @param course the times to visit
     * @param noise x at the course's first point, any shape; not changed
     * @param fresh noise of later steps; not asked by a deterministic sampler
     * @param guide asked before every step, in order
     * @return x_0, shaped like the noise
     */
    Tensor sample(
            Denoiser denoiser, Prediction prediction, Course course, Tensor noise, StepNoise fresh, StepGuide guide);

    /** Denoises, its states being what the sampler makes of them. */
    default Tensor sample(Denoiser denoiser, Prediction prediction, Course course, Tensor noise, StepNoise fresh) {
        return sample(denoiser, prediction, course, noise, fresh, StepGuide.NONE);
    }

    /** Whether it draws no noise after the first. */
    boolean isDeterministic();

    /**
     * Step {@code i} of a course in numbers: what {@link #sample} computes there, to float rounding.
     *
     * @throws IllegalStateException if it is not deterministic
     */
    LinearStep step(Prediction prediction, Course course, int i);
}
