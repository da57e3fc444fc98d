package io.longtake.model;

import java.util.Set;

/**
 * The temporal latent diffusion model that imagines the keyframes of a segment.
 *
 * @param guidance scale of classifier-free guidance, unless a request says otherwise; 1: none
 * @param contextGuidance scale s of Eq. 4, guidance towards the context frames; 1: none
 * @param eta see {@link DenoiserSpec#eta}
 * @param continuation how segments follow each other; null: by prediction
 */
public record KeyframesSpec(
        GraphSpec graph,
        String prediction,
        ScheduleSpec schedule,
        String sampler,
        int steps,
        Double guidance,
        Double contextGuidance,
        double eta,
        ContinuationSpec continuation)
        implements DenoiserSpec {

    public KeyframesSpec {
        guidance = guidance == null ? 1.0 : guidance;
        contextGuidance = contextGuidance == null ? 1.0 : contextGuidance;
        Rule.between("guidance", guidance, 1, 100);
        Rule.between("contextGuidance", contextGuidance, 1, 100);
        Rule.between("eta", eta, 0, 1);
        DenoiserSpec.check(graph, prediction, schedule, sampler, steps);
        continuation = continuation == null ? ContinuationSpec.PREDICTION : continuation;
        continuation.check(eta, contextGuidance);
    }

    @Override
    public StageOutput output(StageOutput source, ModelManifest.Latent latent, ModelManifest.SegmentSpec segment) {
        return new StageOutput.LatentRun(segment.keyframes());
    }

    /** Of the segment before, what the continuation goes on from. */
    @Override
    public Set<InputRole> needs() {
        return Set.of(continuation.reuses() ? InputRole.STATE : InputRole.CONTEXT);
    }
}
