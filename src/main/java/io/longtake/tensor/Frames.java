package io.longtake.tensor;

import java.util.Arrays;
import java.util.Locale;

/**
 * A run of frames, 8-bit RGB, frame by frame, row by row. The array is shared, never copied.
 *
 * @param count number of frames, at least 1
 * @param height in pixels
 * @param width in pixels
 * @param rgb {@code count * height * width * 3} bytes
 */
public record Frames(int count, int height, int width, byte[] rgb) implements Content {

    public Frames {
        long expected = Tensor.elements(count, height, width, 3);
        if (rgb.length != expected) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%d frames of %dx%d hold %d bytes, got %d",
                    count,
                    width,
                    height,
                    expected,
                    rgb.length));
        }
    }

    public int frameBytes() {
        return height * width * 3;
    }

    /** Frames {@code from} to {@code to} (exclusive), as a copy. */
    public Frames slice(int from, int to) {
        if (from < 0 || to > count || from >= to) {
            throw new IllegalArgumentException("frames " + from + ".." + to + " of " + count);
        }
        return new Frames(to - from, height, width, Arrays.copyOfRange(rgb, from * frameBytes(), to * frameBytes()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Frames f
                && count == f.count
                && height == f.height
                && width == f.width
                && Arrays.equals(rgb, f.rgb);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * count + width) + Arrays.hashCode(rgb);
    }

    @Override
    public String toString() {
        return "Frames[" + count + " of " + width + "x" + height + "]";
    }
}
