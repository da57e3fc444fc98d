package io.longtake.client;

import io.longtake.payload.FrameBatch;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.util.Arrays;
import java.util.Random;

/** Batches of raw frames of 400x300 (three of them take two chunks), whose noise depends on the segment. */
final class FrameBatches {

    private static final int WIDTH = 400;
    private static final int HEIGHT = 300;

    private FrameBatches() {}

    static FrameBatch raw(String videoId, int segment, long firstFrame, int count, boolean last) {
        int[] sizes = new int[count];
        Arrays.fill(sizes, WIDTH * HEIGHT * 3);
        byte[] rgb = new byte[count * WIDTH * HEIGHT * 3];
        new Random(segment).nextBytes(rgb);
        return new FrameBatch(
                videoId,
                segment,
                firstFrame,
                last,
                new EncodedBatch(Codec.RAW, WIDTH, HEIGHT, 24, new byte[0], sizes, rgb));
    }
}
