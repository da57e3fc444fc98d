package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/**
 * Frames before a window that a network sees but whose outputs are dropped, so that no seam shows where windows meet.
 *
 * @param length how many
 */
public record Halo(int length) {

    public Halo {
        if (length < 0) {
            throw new IllegalArgumentException("a halo's length must be at least 0, found " + length);
        }
    }

    /**
     * A run of frames with its halo in front.
     *
     * @param frames (C, T, h, w)
     * @param before the run before, (C, any, h, w); null at the video's beginning. If it is too short, the earliest
     *     frame known is repeated
     * @return (C, length + T, h, w)
     */
    public Tensor extend(Tensor frames, Tensor before) {
        Tensor known = before == null ? frames : Tensor.concat(1, before, frames);
        int shift = before == null ? 0 : before.size(1);
        Tensor[] parts = new Tensor[length + 1];
        for (int i = 0; i < length; i++) {
            int at = Math.max(0, shift - length + i);
            parts[i] = known.slice(1, at, at + 1);
        }
        parts[length] = frames;
        return Tensor.concat(1, parts);
    }

    /** What remains of a network's output (C, length + T, h, w): (C, T, h, w). */
    public Tensor drop(Tensor output) {
        return length == 0 ? output : output.slice(1, length, output.size(1));
    }
}
