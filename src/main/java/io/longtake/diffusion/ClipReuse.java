package io.longtake.diffusion;

import io.longtake.tensor.Tensor;
import java.util.Locale;

/**
 * How a clip grows out of the one before it without a network trained for it ([VidRD] Sec. 3): it reuses the other's initial
 * noise and, for its first frames, the other's trajectory, both with frames in reverse order. Works on any deterministic
 * sampler whose clips all visit the same times.
 *
 * @param prompts M, the first frames of a clip that follow the end of the clip before
 * @param reuse a, the weight of old noise in the frames after them; 0: all fresh
 * @param guided b, the share of the steps during which frame 0 follows
 */
public record ClipReuse(int prompts, double reuse, double guided) {

    public ClipReuse {
        if (prompts < 0 || !(reuse >= 0) || !(guided >= 0 && guided <= 1)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "prompts and reuse must be at least 0 and guided from 0 to 1, found %d, %s and %s",
                    prompts,
                    reuse,
                    guided));
        }
    }

    /**
     * Initial noise of a clip: frame-level noise reversion, and past-dependent noise sampling from frame M on. With j' = N-1-j,
     *
     * <pre>
     *   j &lt; M:  z_j = old_j'
     *   j &gt;= M: z_j = a / sqrt(1 + a^2) old_j' + 1 / sqrt(1 + a^2) fresh_j
     * </pre>
     *
     * so the variance stays 1.
     *
     * @param before initial noise of the clip before, (C, N, h, w)
     * @param fresh standard normal noise, (C, N, h, w)
     */
    public Tensor noise(Tensor before, Tensor fresh) {
        Tensor reversed = reversed(before);
        double root = Math.sqrt(1 + reuse * reuse);
        Tensor mixed = new Tensor(
                fresh.shape(), new Prediction.Combination(reuse / root, 1 / root).of(reversed.data(), fresh.data()));
        int count = Math.min(prompts, before.size(1));
        if (count > 0) {
            mixed.put(1, 0, reversed.slice(1, 0, count));
        }
        return mixed;
    }

    /** Denoising with staged guidance: whether frame j of a clip still follows the clip before at this step, s &lt; (M - j) / M S b. */
    public boolean follows(int frame, int step, int steps) {
        return frame < prompts && step < (prompts - frame) * ((double) steps / prompts) * guided;
    }

    /**
     * The state to go on from at a step: the frames that follow are those of the clip before at the same step.
     *
     * @param state of this clip, (C, N, h, w)
     * @param before state of the clip before at the same step, (C, N, h, w)
     * @return the state itself once no frame follows any more
     */
    public Tensor guide(Tensor state, Tensor before, int step, int steps) {
        if (!follows(0, step, steps)) {
            return state;
        }
        Tensor guided = state.copy();
        Tensor reversed = reversed(before);
        for (int frame = 0; frame < Math.min(prompts, state.size(1)); frame++) {
            if (follows(frame, step, steps)) {
                guided.put(1, frame, reversed.slice(1, frame, frame + 1));
            }
        }
        return guided;
    }

    /** Frames in reverse order. */
    static Tensor reversed(Tensor clip) {
        Tensor out = Tensor.zeros(clip.shape().clone());
        int frames = clip.size(1);
        for (int frame = 0; frame < frames; frame++) {
            out.put(1, frame, clip.slice(1, frames - 1 - frame, frames - frame));
        }
        return out;
    }
}
