package io.longtake.stage;

import io.longtake.model.LoadedModel;
import io.longtake.tensor.Tensor;

/** The loop over the denoising steps. */
interface SamplingLoop {

    /**
     * Samples.
     *
     * @return x_0 (B, C, T, h, w)
     * @throws StageCancelledException at the next step after the cancellation
     */
    Tensor run(SamplingRequest request, Cancellation cancellation);

    /**
     * The loop of a stage's network.
     *
     * @param onDevice whether arrays stay on the device if the sampler allows it, as {@link
     *     io.longtake.model.Device#keepsArrays} says; a sampler that draws noise at every step draws it on the host
     */
    static SamplingLoop of(LoadedModel model, String stage, Sampling sampling, boolean onDevice) {
        return onDevice && sampling.isDeterministic()
                ? new DeviceLoop(sampling, () -> model.loop(stage))
                : new HostLoop(sampling, inputs -> model.graph(stage).run(inputs));
    }
}
