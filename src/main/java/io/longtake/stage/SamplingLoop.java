package io.longtake.stage;

import io.longtake.model.LoadedModel;
import io.longtake.tensor.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loop over the denoising steps. */
interface SamplingLoop {

    Logger LOG = LoggerFactory.getLogger(SamplingLoop.class);

    /**
     * Samples.
     *
     * @return x_0 (B, C, T, h, w)
     * @throws StageCancelledException at the next step after the cancellation
     */
    Tensor run(SamplingRequest request, Cancellation cancellation);

    /**
     * The loop of a stage's network whose states are guided: on the host, wherever arrays stay. The graphs of the loop on the
     * device hold no past trajectory.
     */
    static SamplingLoop guided(LoadedModel model, String stage, Sampling sampling, boolean onDevice) {
        if (onDevice) {
            LOG.info(
                    "{} of model {}: its states are guided, so they pass the host at every step; {} runs the network alone",
                    stage,
                    model.manifest().name(),
                    model.device());
        }
        return of(model, stage, sampling, false);
    }

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
