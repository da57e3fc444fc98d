package io.longtake.event;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C, as every chunk carries it. */
public final class Checksum {

    private Checksum() {}

    /** Unsigned, of the bytes between position and limit; the buffer is left as it was. */
    public static long of(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return crc.getValue();
    }

    public static long of(byte[] bytes) {
        return of(ByteBuffer.wrap(bytes));
    }
}
