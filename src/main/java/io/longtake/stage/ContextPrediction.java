package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.model.InputRole;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Tensor;

/**
 * Prediction ([VLDM] Sec. 3.2): the last keyframes of the segment before are the first of this one, given to the network as
 * context frames. In, CONTEXT, the keyframes of the segment before (C, T, h, w).
 */
record ContextPrediction(ModelManifest.Latent latent, ModelManifest.SegmentSpec segment) implements Continuation {

    /** Fresh noise, and some frames that are known. */
    record Predicted(FrameContext context, Tensor noise) implements SegmentSampling {}

    @Override
    public InputRole needs() {
        return InputRole.CONTEXT;
    }

    @Override
    public boolean guidesStates() {
        return false;
    }

    @Override
    public SegmentSampling begin(StageInput input, Tensor fresh) {
        return new Predicted(context(new Inputs(input)), fresh);
    }

    private FrameContext context(Inputs inputs) {
        int frames = segment.keyframes();
        if (!inputs.follows(needs())) {
            return FrameContext.none(latent.channels(), frames, latent.height(), latent.width());
        }
        Tensor before = inputs.tensor(needs(), latent.channels(), frames, latent.height(), latent.width());
        return FrameContext.first(before.slice(1, frames - segment.context(), frames), frames);
    }
}
