package io.longtake.stage;

import io.longtake.diffusion.Denoiser;
import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.Guidance;
import io.longtake.tensor.Tensor;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Guidance, sampler and given frames in plain Java, the network wherever it is: the reference, and what ONNX Runtime's videos
 * are made with.
 *
 * @param network named inputs to named outputs; gets {@code sample} (n*B, C, T, h, w), {@code timestep} (n*B, T) and the
 *     conditions
 */
record HostLoop(Sampling sampling, Function<Map<String, Tensor>, Map<String, Tensor>> network) implements SamplingLoop {

    @Override
    public Tensor run(SamplingRequest request, Cancellation cancellation) {
        Denoiser denoiser = denoiser(request, cancellation);
        if (!request.held().isEmpty()) {
            denoiser = FrameContext.held(request.held(), denoiser, sampling.schedule(), request.noise());
        }
        return sampling.run(denoiser, request.steps(), request.noise(), request.fresh(), request.guide());
    }

    /** The network as a sampler sees it, guidance included. It ends the sampling between two steps once the task is cancelled. */
    private Denoiser denoiser(SamplingRequest request, Cancellation cancellation) {
        return (state, time) -> {
            cancellation.check();
            Map<String, Tensor> inputs = new HashMap<>(request.conditions());
            Tensor sample = repeated(state, request.copies());
            inputs.put("sample", sample);
            inputs.put("timestep", Tensor.filled(time, sample.size(0), sample.size(2)));
            return Guidance.combine(request.guidance(), network.apply(inputs).get("out"));
        };
    }

    private static Tensor repeated(Tensor state, int copies) {
        return copies == 1
                ? state
                : Tensor.concat(0, Collections.nCopies(copies, state).toArray(Tensor[]::new));
    }
}
