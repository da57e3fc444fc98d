package io.longtake.video;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Boxes as ISO 14496-12 (4.2) lays them out: a size of 32 bits, four characters, the content. No other sizes are ours. */
final class Mp4Boxes {

    /** Bytes before a box's content. */
    static final int HEAD = 8;

    private Mp4Boxes() {}

    /**
     * The content of the first box of a name among those that lie next to each other in {@code in}: a view, whose position and
     * limit are places in what {@code in} is a view of.
     */
    static Optional<ByteBuffer> find(ByteBuffer in, String name) {
        ByteBuffer rest = in.duplicate();
        while (rest.remaining() >= HEAD) {
            int start = rest.position();
            int size = rest.getInt();
            byte[] type = new byte[4];
            rest.get(type);
            if (size < HEAD) {
                break; // 64-bit sizes and "to the end": not in a file of ours
            }
            if (new String(type, StandardCharsets.ISO_8859_1).equals(name)) {
                return Optional.of(rest.duplicate().limit(start + size));
            }
            rest.position(start + size);
        }
        return Optional.empty();
    }

    /** Begins a box of so many bytes, its head included. */
    static ByteBuffer begin(ByteBuffer out, String name, int size) {
        return out.putInt(size).put(name.getBytes(StandardCharsets.ISO_8859_1));
    }
}
