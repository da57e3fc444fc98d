package io.longtake.stage;

import io.longtake.diffusion.ClipReuse;
import io.longtake.model.ContinuationSpec;
import io.longtake.model.InputRole;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Tensor;

/**
 * How a segment's keyframes follow those of the segment before. One comes out of the manifest; which it is, the keyframes stage
 * does not know.
 */
sealed interface Continuation permits ContextPrediction, ReuseAndDiffuse {

    /** As the manifest says. */
    static Continuation of(ModelManifest manifest) {
        ContinuationSpec spec = manifest.stages().keyframes().continuation();
        return spec.reuses()
                ? new ReuseAndDiffuse(
                        new ClipReuse(spec.prompts(), spec.reuse(), spec.guided()),
                        manifest.latent(),
                        manifest.segment().keyframes())
                : new ContextPrediction(manifest.latent(), manifest.segment());
    }

    /**
     * What every segment but the first needs of the one before, and nothing else: {@link InputRole#CONTEXT}, its keyframes
     * (C, T, h, w), or {@link InputRole#STATE}, what it {@link SegmentSampling#state left}. The scene of the two may differ in all
     * but its steps.
     */
    InputRole needs();

    /** Whether {@link SegmentSampling#at} may change a state: then the loop on the host is the one to use. */
    boolean guidesStates();

    /**
     * A segment before its first step.
     *
     * @param input of its task, with what this {@link #needs} unless it is the first
     * @param fresh standard normal noise of its own, (C, T, h, w)
     * @throws StageInputException if what it needs is missing or of another shape
     */
    SegmentSampling begin(StageInput input, Tensor fresh);
}
