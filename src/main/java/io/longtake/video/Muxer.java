package io.longtake.video;

/**
 * Joins batches to a video file: a header, then a fragment for each segment; one after the other they are the file,
 * playable as far as it has come. Both are pure functions of their arguments, so whoever makes a fragment again makes
 * the same bytes. Memory is bounded by the batch.
 */
public final class Muxer {

    private Muxer() {}

    /**
     * The file's beginning, as the video's first batch describes it; empty for raw videos.
     *
     * @throws VideoException if FFmpeg fails, as it does for an H.264 batch that has no parameter sets
     */
    public static byte[] header(EncodedBatch first) {
        if (first.codec() == Codec.RAW) {
            return new byte[0];
        }
        try (FragmentWriter writer = new FragmentWriter(ContainerSettings.of(first, 0), first)) {
            return writer.header();
        }
    }

    /**
     * A segment's frames, to follow the segment before.
     *
     * @param segment from 0; numbers the fragment
     * @param firstFrame index in the video of the batch's first frame; its time is this over the frame rate
     * @throws VideoException if FFmpeg fails
     */
    public static byte[] fragment(int segment, long firstFrame, EncodedBatch batch) {
        if (segment < 0 || segment == Integer.MAX_VALUE || firstFrame < 0) {
            throw new IllegalArgumentException(
                    "fragment: expected segment and first frame from 0, got " + segment + " and " + firstFrame);
        }
        if (batch.codec() == Codec.RAW) {
            return batch.packets();
        }
        try (FragmentWriter writer = new FragmentWriter(ContainerSettings.of(batch, segment), batch)) {
            return writer.fragment(firstFrame);
        }
    }
}
