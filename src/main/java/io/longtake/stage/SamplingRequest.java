package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.Guidance;
import io.longtake.diffusion.StepGuide;
import io.longtake.diffusion.StepNoise;
import io.longtake.tensor.Tensor;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * B samples to be made by one network.
 *
 * @param noise that the sampling starts from, (B, C, T, h, w)
 * @param conditions the network's inputs beside {@code sample} and {@code timestep}, constant over the steps: n*B entries each,
 *     n being the number of guidance's conditions
 * @param guidance one for each sample, all of the same n conditions
 * @param held for each sample the frames that the network sees as they are; empty: none
 * @param steps of the sampler
 * @param fresh noise of later steps, (B, C, T, h, w)
 * @param guide of the states (B, C, T, h, w)
 */
record SamplingRequest(
        Tensor noise,
        Map<String, Tensor> conditions,
        List<Guidance> guidance,
        List<FrameContext> held,
        int steps,
        StepNoise fresh,
        StepGuide guide) {

    SamplingRequest {
        conditions = Map.copyOf(conditions);
        guidance = List.copyOf(guidance);
        held = List.copyOf(held);
        if (guidance.size() != noise.size(0)) {
            throw new IllegalArgumentException(
                    "there must be guidance for " + noise.size(0) + " samples, found " + guidance.size());
        }
        if (guidance.stream().map(Guidance::conditions).distinct().count() > 1) {
            throw new IllegalArgumentException(
                    "samples of one batch need guidance of the same conditions: " + guidance);
        }
    }

    /** Whose states are what the sampler makes of them. */
    SamplingRequest(
            Tensor noise,
            Map<String, Tensor> conditions,
            List<Guidance> guidance,
            List<FrameContext> held,
            int steps,
            StepNoise fresh) {
        this(noise, conditions, guidance, held, steps, fresh, StepGuide.NONE);
    }

    /** Of a network without guidance and given frames. */
    static SamplingRequest plain(Tensor noise, Map<String, Tensor> conditions, int steps, StepNoise fresh) {
        return new SamplingRequest(
                noise, conditions, Collections.nCopies(noise.size(0), Guidance.NONE), List.of(), steps, fresh);
    }

    /** Whether something else than the sampler has a say in its states. */
    boolean isGuided() {
        return guide != StepGuide.NONE;
    }

    /** Entries of the network's batch for each sample. */
    int copies() {
        return guidance.get(0).conditions().size();
    }
}
