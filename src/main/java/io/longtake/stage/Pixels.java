package io.longtake.stage;

import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;

/** Between finished frames, 8-bit RGB, and what networks see: (3, T, H, W) from -1 to 1. */
final class Pixels {

    private static final float[] LEVELS = new float[256];

    static {
        for (int level = 0; level < LEVELS.length; level++) {
            LEVELS[level] = level / 127.5f - 1;
        }
    }

    private Pixels() {}

    static Tensor tensor(Frames frames) {
        int area = frames.height() * frames.width();
        Tensor out = Tensor.zeros(3, frames.count(), frames.height(), frames.width());
        for (int t = 0; t < frames.count(); t++) {
            for (int c = 0; c < 3; c++) {
                int to = (c * frames.count() + t) * area;
                int from = t * area * 3 + c;
                for (int i = 0; i < area; i++) {
                    out.data()[to + i] = LEVELS[frames.rgb()[from + 3 * i] & 0xFF];
                }
            }
        }
        return out;
    }

    /** Rounds to the nearest level; what lies outside -1 … 1 is cut off. */
    static Frames frames(Tensor pixels) {
        int count = pixels.size(1);
        int area = pixels.size(2) * pixels.size(3);
        byte[] rgb = new byte[count * area * 3];
        for (int t = 0; t < count; t++) {
            for (int c = 0; c < 3; c++) {
                int from = (c * count + t) * area;
                int to = t * area * 3 + c;
                for (int i = 0; i < area; i++) {
                    // Half a level more, then cut down: rounds, for nothing here is negative.
                    float level = pixels.data()[from + i] * 127.5f + 128f;
                    rgb[to + 3 * i] = (byte) (int) Math.max(0f, Math.min(255f, level));
                }
            }
        }
        return new Frames(count, pixels.size(2), pixels.size(3), rgb);
    }
}
