package io.longtake.stage;

import io.longtake.diffusion.ClipReuse;
import io.longtake.diffusion.FrameContext;
import io.longtake.model.InputRole;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Tensor;
import java.util.Optional;

/**
 * Reuse-and-diffuse ([VidRD] Sec. 3): a segment grows out of the noise and the trajectory of the one before, frames in reverse,
 * and no frame is given. In, STATE, that trajectory, the states before each of its S steps (S, C, T, h, w), the first of them its
 * noise; out, beside the keyframes, the same of this segment. So what is carried on does not grow, and S stays what it was.
 *
 * <p>As in the authors' inference code the sampler goes on from the guided states, and these are what the next segment gets.
 *
 * @param keyframes T of a segment
 */
record ReuseAndDiffuse(ClipReuse reuse, ModelManifest.Latent latent, int keyframes) implements Continuation {

    @Override
    public InputRole needs() {
        return InputRole.STATE;
    }

    @Override
    public boolean guidesStates() {
        return true;
    }

    @Override
    public SegmentSampling begin(StageInput input, Tensor fresh) {
        Inputs inputs = new Inputs(input);
        int[] shape = {input.steps(), latent.channels(), keyframes, latent.height(), latent.width()};
        Tensor trajectory = Tensor.zeros(shape);
        return inputs.follows(needs())
                ? following(inputs.tensor(needs(), shape), fresh, trajectory)
                : new Clip(reuse, Optional.empty(), fresh, trajectory);
    }

    private SegmentSampling following(Tensor before, Tensor fresh, Tensor trajectory) {
        return new Clip(reuse, Optional.of(before), reuse.noise(state(before, 0), fresh), trajectory);
    }

    private static Tensor state(Tensor trajectory, int step) {
        return Batch.single(trajectory.slice(0, step, step + 1));
    }

    /** @param trajectory (S, C, T, h, w), written step by step */
    private record Clip(ClipReuse reuse, Optional<Tensor> before, Tensor noise, Tensor trajectory)
            implements SegmentSampling {

        @Override
        public FrameContext context() {
            return FrameContext.none(noise.size(0), noise.size(1), noise.size(2), noise.size(3));
        }

        @Override
        public Tensor at(int step, Tensor state) {
            Tensor guided = before.map(
                            old -> reuse.guide(state, ReuseAndDiffuse.state(old, step), step, trajectory.size(0)))
                    .orElse(state);
            trajectory.put(0, step, Batch.of(guided));
            return guided;
        }

        @Override
        public Optional<Tensor> state() {
            return Optional.of(trajectory);
        }
    }
}
