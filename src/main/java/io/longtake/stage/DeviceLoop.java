package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.Guidance;
import io.longtake.model.Denoising;
import io.longtake.model.DenoisingLoop;
import io.longtake.tensor.Tensor;
import java.util.List;
import java.util.function.Supplier;

/**
 * The same on the device: sampler, guidance and given frames go there as numbers, and only the sample comes back.
 *
 * @param loop opened at the first sampling
 */
record DeviceLoop(Sampling sampling, Supplier<DenoisingLoop> loop) implements SamplingLoop {

    @Override
    public Tensor run(SamplingRequest request, Cancellation cancellation) {
        if (request.isGuided()) {
            throw new IllegalArgumentException("the loop on the device guides no states: the one on the host does");
        }
        Denoising denoising = new Denoising(
                request.noise(),
                request.conditions(),
                weights(request.guidance()),
                sampling.table(request.steps()),
                request.held().isEmpty() ? null : given(request.held()));
        return loop.get().run(denoising, cancellation::check);
    }

    /** (n, B). */
    private static Tensor weights(List<Guidance> guidance) {
        int entries = guidance.size();
        Tensor weights = Tensor.zeros(guidance.get(0).conditions().size(), entries);
        for (int b = 0; b < entries; b++) {
            float[] of = guidance.get(b).weights();
            for (int k = 0; k < of.length; k++) {
                weights.data()[k * entries + b] = of[k];
            }
        }
        return weights;
    }

    private static Denoising.Given given(List<FrameContext> held) {
        int frames = held.get(0).given().length;
        Tensor mask = Tensor.zeros(held.size(), frames);
        for (int b = 0; b < held.size(); b++) {
            for (int t = 0; t < frames; t++) {
                mask.data()[b * frames + t] = held.get(b).given()[t] ? 1 : 0;
            }
        }
        return new Denoising.Given(
                Batch.of(held.stream().map(FrameContext::frames).toList()), mask);
    }
}
