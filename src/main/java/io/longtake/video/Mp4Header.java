package io.longtake.video;

import java.nio.ByteBuffer;
import java.util.Locale;

/**
 * What the header of an H.264 video tells a player before it has any of the video (ISO 14496-12 and -15).
 *
 * @param codecs as HLS and media source extensions name it (RFC 6381): {@code avc1.}, profile, constraints and level
 * @param width pixels
 * @param height pixels
 */
public record Mp4Header(String codecs, int width, int height) {

    /** Version, flags and the count of entries. */
    private static final int SAMPLE_DESCRIPTIONS = 8;

    private static final int WIDTH = 24;
    private static final int VISUAL_SAMPLE_ENTRY = 78;

    /**
     * Reads the header.
     *
     * @throws VideoException if it is not that of a video of ours
     */
    public static Mp4Header read(byte[] header) {
        try {
            ByteBuffer descriptions = ByteBuffer.wrap(header);
            for (String name : new String[] {"moov", "trak", "mdia", "minf", "stbl", "stsd"}) {
                descriptions = box(descriptions, name);
            }
            ByteBuffer track = box(skip(descriptions, SAMPLE_DESCRIPTIONS), "avc1");
            int width = track.getShort(track.position() + WIDTH) & 0xFFFF;
            int height = track.getShort(track.position() + WIDTH + 2) & 0xFFFF;
            ByteBuffer decoder = box(skip(track, VISUAL_SAMPLE_ENTRY), "avcC");
            int at = decoder.position();
            String codecs = String.format(
                    Locale.ROOT, "avc1.%02X%02X%02X", decoder.get(at + 1), decoder.get(at + 2), decoder.get(at + 3));
            return new Mp4Header(codecs, width, height);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new VideoException("mp4 header: it ends in the middle of a box");
        }
    }

    private static ByteBuffer skip(ByteBuffer in, int bytes) {
        return in.duplicate().position(in.position() + bytes);
    }

    private static ByteBuffer box(ByteBuffer in, String name) {
        return Mp4Boxes.find(in, name).orElseThrow(() -> new VideoException("mp4 header: there is no box " + name));
    }
}
