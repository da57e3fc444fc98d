package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.StepGuide;
import io.longtake.tensor.Tensor;
import java.util.Optional;

/** One segment's keyframes while they are sampled: where a {@link Continuation} has its say. */
interface SegmentSampling extends StepGuide {

    /** The noise that the sampling starts from, (C, T, h, w). */
    Tensor noise();

    /** The keyframes that are given. */
    FrameContext context();

    /** The state (C, T, h, w) to go on from at a step; the sampler asks before every one. */
    @Override
    default Tensor at(int step, Tensor state) {
        return state;
    }

    /** The segment's keyframes (C, T, h, w), of what the sampler made. */
    default Tensor keyframes(Tensor sample) {
        return context().restore(sample);
    }

    /** What the next segment needs beside the keyframes, once these are there. */
    default Optional<Tensor> state() {
        return Optional.empty();
    }
}
