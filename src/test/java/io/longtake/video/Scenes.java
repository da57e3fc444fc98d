package io.longtake.video;

import io.longtake.tensor.Frames;

/** A road under a sky with a car on it, rendered; flat colours, as the shipped model's videos have them. */
public final class Scenes {

    private Scenes() {}

    /** Frames {@code from} to {@code from + count} of an endless drive. */
    public static Frames drive(long from, int count, int width, int height) {
        byte[] rgb = new byte[count * height * width * 3];
        int at = 0;
        for (int t = 0; t < count; t++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    int colour = colour(from + t, (double) x / width, (double) y / height);
                    rgb[at++] = (byte) (colour >> 16);
                    rgb[at++] = (byte) (colour >> 8);
                    rgb[at++] = (byte) colour;
                }
            }
        }
        return new Frames(count, height, width, rgb);
    }

    private static int colour(long frame, double x, double y) {
        double carLeft = 0.3 + 0.2 * Math.sin(frame / 40.0);
        if (x > carLeft && x < carLeft + 0.2 && y > 0.6 && y < 0.8) {
            return y < 0.68 ? 0x304050 : 0x9A3028;
        }
        if (y < 0.45) {
            return (int) (130 + 60 * y) << 16 | (int) (170 + 60 * y) << 8 | 225;
        }
        double depth = 0.55 / (y - 0.4);
        boolean light = Math.floorMod((long) Math.floor(depth * 3 + frame * 0.2), 2) == 0;
        if (Math.abs(x - 0.5) * depth < 0.4) {
            return Math.abs(x - 0.5) * depth < 0.02 && light ? 0xD8D8D0 : 0x585A5C;
        }
        return light ? 0x5A7A48 : 0x526F42;
    }

    /** Peak signal-to-noise ratio of two frames in dB; infinite where they are equal. */
    public static double psnr(byte[] one, byte[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            int difference = (one[i] & 0xFF) - (other[i] & 0xFF);
            sum += difference * difference;
        }
        return 10 * Math.log10(255.0 * 255.0 * one.length / sum);
    }
}
