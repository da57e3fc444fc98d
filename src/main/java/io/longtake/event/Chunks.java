package io.longtake.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts bytes into chunks that fit one record of any managed Kafka (whose default limit is 1,048,588 bytes). */
public final class Chunks {

    /** 768 KiB: leaves room for the record's other fields, and for a header. */
    public static final int LIMIT = 768 * 1024;

    private Chunks() {}

    public static int count(long bytes) {
        return Math.toIntExact(Math.max(1, (bytes + LIMIT - 1) / LIMIT));
    }

    /** At least one chunk, each at most {@link #LIMIT} bytes, views of the same memory. */
    public static List<ByteBuffer> split(ByteBuffer bytes) {
        List<ByteBuffer> parts = new ArrayList<>(count(bytes.remaining()));
        int at = bytes.position();
        do {
            int length = Math.min(LIMIT, bytes.limit() - at);
            parts.add(bytes.slice(at, length));
            at += length;
        } while (at < bytes.limit());
        return parts;
    }
}
