package io.longtake.model.tensorrt;

import java.nio.ByteBuffer;

/** Walks over the fields of a protocol-buffer message, one level deep; see the encoding's own page for the wire types. */
final class ProtoFields {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private ProtoFields() {}

    interface Visitor {
        void field(int number, ByteBuffer value);
    }

    /**
     * Shows the length-delimited fields (messages, text), in the order of the file.
     *
     * @throws IllegalArgumentException if the bytes are no such message
     */
    static void forEach(ByteBuffer message, Visitor visitor) {
        ByteBuffer bytes = message.duplicate();
        while (bytes.hasRemaining()) {
            long tag = varint(bytes);
            int number = (int) (tag >>> 3);
            switch ((int) (tag & 7)) {
                case VARINT -> varint(bytes);
                case FIXED_64 -> skip(bytes, Long.BYTES);
                case FIXED_32 -> skip(bytes, Integer.BYTES);
                case LENGTH_DELIMITED -> {
                    long length = varint(bytes);
                    int start = bytes.position();
                    skip(bytes, length);
                    visitor.field(number, bytes.slice(start, (int) length));
                }
                default -> throw new IllegalArgumentException("unknown wire type at byte " + bytes.position());
            }
        }
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (!bytes.hasRemaining()) {
                throw new IllegalArgumentException("it ends in the middle of a number");
            }
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long at byte " + bytes.position());
    }

    private static void skip(ByteBuffer bytes, long length) {
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException("it ends in the middle of a field");
        }
        bytes.position(bytes.position() + (int) length);
    }
}
