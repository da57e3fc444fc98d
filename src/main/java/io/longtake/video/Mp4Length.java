package io.longtake.video;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * How long an MP4 of fragments is, said in its header for players that do not read all of it first: the box {@code mehd}
 * (ISO 14496-12, 8.8.2).
 */
final class Mp4Length {

    /** Version 1: a length of 64 bits. */
    private static final int SIZE = Mp4Boxes.HEAD + 12;

    private static final int VERSION = 1 << 24;

    private Mp4Length() {}

    /** The header with the length of so many frames in it. */
    static byte[] insert(byte[] header, long frames) {
        ByteBuffer movie = box(ByteBuffer.wrap(header), "moov");
        ByteBuffer fragments = box(movie, "mvex");
        int at = fragments.position();
        ByteBuffer longer = ByteBuffer.allocate(header.length + SIZE).put(header, 0, at);
        Mp4Boxes.begin(longer, "mehd", SIZE).putInt(VERSION).putLong(frames * ContainerSettings.TICKS);
        longer.put(header, at, header.length - at);
        for (ByteBuffer grown : new ByteBuffer[] {movie, fragments}) {
            int size = grown.position() - Mp4Boxes.HEAD;
            longer.putInt(size, longer.getInt(size) + SIZE);
        }
        return longer.array();
    }

    /** The header with another length, as long as it was; unchanged if it says none, as those of before November 2026. */
    static byte[] replace(byte[] header, long frames) {
        Optional<ByteBuffer> said = Mp4Boxes.find(ByteBuffer.wrap(header), "moov")
                .flatMap(movie -> Mp4Boxes.find(movie, "mvex"))
                .flatMap(fragments -> Mp4Boxes.find(fragments, "mehd"));
        if (said.isEmpty()) {
            return header;
        }
        byte[] changed = header.clone();
        ByteBuffer.wrap(changed).putLong(said.get().position() + Integer.BYTES, frames * ContainerSettings.TICKS);
        return changed;
    }

    private static ByteBuffer box(ByteBuffer in, String name) {
        return Mp4Boxes.find(in, name).orElseThrow(() -> new VideoException("mp4 header: there is no box " + name));
    }
}
