package io.longtake.stitch;

import io.longtake.payload.FrameBatch;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Raw batches of two frames, distinct in every byte that matters; a video of them is their bytes. */
final class Batches {

    static final String VIDEO = "6f1c54a4-8a52-4a55-9d9f-1d1f0e2b9c11";
    static final String OTHER = "00000000-0000-4000-8000-000000000001";

    private static final int FRAMES = 2;

    private Batches() {}

    /** One chunk. */
    static FrameBatch small(String videoId, int segment, boolean last) {
        return raw(videoId, segment, last, 4, 2);
    }

    static FrameBatch small(int segment) {
        return small(VIDEO, segment, false);
    }

    static FrameBatch last(int segment) {
        return small(VIDEO, segment, true);
    }

    /** Three chunks. */
    static FrameBatch large(int segment) {
        return raw(VIDEO, segment, false, 700, 500);
    }

    static FrameBatch raw(String videoId, int segment, boolean last, int width, int height) {
        int[] sizes = new int[FRAMES];
        Arrays.fill(sizes, width * height * 3);
        byte[] packets = new byte[FRAMES * width * height * 3];
        Arrays.fill(packets, (byte) (segment + videoId.hashCode()));
        return new FrameBatch(
                videoId,
                segment,
                (long) segment * FRAMES,
                last,
                new EncodedBatch(Codec.RAW, width, height, 24, new byte[0], sizes, packets));
    }

    static byte[] video(FrameBatch... batches) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        List.of(batches).forEach(batch -> file.writeBytes(batch.encoded().packets()));
        return file.toByteArray();
    }
}
