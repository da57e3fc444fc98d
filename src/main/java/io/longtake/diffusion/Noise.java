package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/**
 * Standard normal noise as a pure function of (seed, stream, segment, frame, step): the same on every worker and after every
 * crash, whatever else shared its batch.
 *
 * <p>Philox key: the seed, low word first. Counter: word 0 counts blocks of four numbers within the frame (C, h, w); word 1 is
 * the frame's place in the video, of keyframes or of frames; word 2 the segment; word 3 holds the stream in its upper
 * and the step in its lower 16 bits.
 *
 * @param seed of the video
 * @param stream what the noise is for: one number per stage and purpose, 0 … 65535
 */
public record Noise(long seed, int stream) {

    /** The step of the noise that sampling starts from; the noise added by step i of a sampler is of step i + 1. */
    public static final int START = 0;

    public Noise {
        if (stream < 0 || stream > 0xFFFF) {
            throw new IllegalArgumentException("a noise stream must be from 0 to 65535, found " + stream);
        }
    }

    /** Fills one frame, (C, h, w) in row-major order. */
    public void fill(float[] frame, int segment, long place, int step) {
        Philox philox = new Philox();
        BoxMuller normal = new BoxMuller();
        float[] numbers = new float[4 * Philox.LANES];
        for (int at = 0; at < frame.length; at += numbers.length) {
            philox.run(at / 4, (int) place, segment, stream << 16 | step & 0xFFFF, (int) seed, (int) (seed >>> 32));
            normal.pairs(philox.words[0], philox.words[1], numbers, 0);
            normal.pairs(philox.words[2], philox.words[3], numbers, 2);
            System.arraycopy(numbers, 0, frame, at, Math.min(numbers.length, frame.length - at));
        }
    }

    /** Noise for frame t of a tensor (C, T, h, w). */
    public void fill(Tensor frames, int t, int segment, long place, int step) {
        int area = frames.size(2) * frames.size(3);
        float[] frame = new float[frames.size(0) * area];
        fill(frame, segment, place, step);
        for (int c = 0; c < frames.size(0); c++) {
            System.arraycopy(frame, c * area, frames.data(), (c * frames.size(1) + t) * area, area);
        }
    }

    /** Noise (C, T, h, w) for T frames of a segment, the first at a place in the video. */
    public Tensor frames(int channels, int count, int height, int width, int segment, long firstPlace, int step) {
        Tensor out = Tensor.zeros(channels, count, height, width);
        for (int t = 0; t < count; t++) {
            fill(out, t, segment, firstPlace + t, step);
        }
        return out;
    }
}
