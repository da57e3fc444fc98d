package io.longtake.diffusion;

import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Interpolation T to factor * T ([VLDM] Sec. 3.3): every two neighbouring keyframes are the ends of a window, and all windows are
 * independent, so they run as one batch.
 *
 * @param factor latents per keyframe
 */
public record InterpolationWindows(int factor) {

    public InterpolationWindows {
        if (factor < 2) {
            throw new IllegalArgumentException("factor must be at least 2, found " + factor);
        }
    }

    /** Frames of a window: a keyframe, factor - 1 between, the next keyframe. */
    public int length() {
        return factor + 1;
    }

    /** The T - 1 windows between keyframes (C, T, h, w). */
    public List<FrameContext> of(Tensor keyframes) {
        int count = keyframes.size(1) - 1;
        List<FrameContext> windows = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            windows.add(FrameContext.ends(keyframes.slice(1, k, k + 1), keyframes.slice(1, k + 1, k + 2), length()));
        }
        return windows;
    }

    /**
     * The windows joined to one run of latents; the last frame of each is the first of the next, so it is left out.
     *
     * @param windows each (C, factor + 1, h, w)
     * @return (C, factor * n, h, w)
     */
    public Tensor join(List<Tensor> windows) {
        return Tensor.concat(
                1, windows.stream().map(window -> window.slice(1, 0, factor)).toArray(Tensor[]::new));
    }
}
