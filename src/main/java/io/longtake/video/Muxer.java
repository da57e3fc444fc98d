package io.longtake.video;

/**
 * Joins batches to a video file: a header, then a fragment for each segment, then an index; one after the other they are the file,
 * playable as far as it has come. All are pure functions of their arguments, so whoever makes a fragment again makes
 * the same bytes. Memory is bounded by the batch.
 */
public final class Muxer {

    private Muxer() {}

    /**
     * The file's beginning, as the video's first batch describes it; empty for raw videos.
     *
     * @param frames that the whole video is going to have, for players to know; 0: not known
     * @throws VideoException if FFmpeg fails, as it does for an H.264 batch that has no parameter sets
     */
    public static byte[] header(EncodedBatch first, long frames) {
        if (first.codec() == Codec.RAW) {
            return new byte[0];
        }
        try (FragmentWriter writer = new FragmentWriter(ContainerSettings.of(first, 0), first)) {
            byte[] header = writer.header();
            return first.codec() == Codec.H264 && frames > 0 ? Mp4Length.insert(header, frames) : header;
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

    /** The file's end, behind its last fragment: where all of them lie; empty for videos that have no such index. */
    public static byte[] index(Codec codec, FragmentIndex index) {
        return codec.hasIndex() ? index.bytes() : new byte[0];
    }

    /** The header of an MP4 with the length that its video came to have: as long as it was. */
    public static byte[] ended(byte[] header, long frames) {
        return Mp4Length.replace(header, frames);
    }
}
