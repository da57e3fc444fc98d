package io.longtake.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.io.BinaryData;
import org.apache.avro.io.BinaryEncoder;

/**
 * Avro's binary encoder into an array of exactly the right length. What is large is copied once: until the length of all is known,
 * it stays where it is. For one record.
 */
final class ExactEncoder extends BinaryEncoder {

    /** From here on bytes are not copied before they come to their place. */
    private static final int LARGE = 1024;

    /** The longest that Avro makes of a number. */
    private static final int NUMBER = 10;

    /** Bytes that are not to be changed until the record is made. */
    private record Large(int before, ByteBuffer bytes) {}

    private final List<Large> large = new ArrayList<>(1);
    private byte[] small;
    private int length;
    private int largeBytes;

    /** @param first bytes that all others follow */
    ExactEncoder(byte[] first) {
        this.small = Arrays.copyOf(first, 512);
        this.length = first.length;
    }

    /** Bytes of the record so far. */
    long size() {
        return (long) length + largeBytes;
    }

    byte[] record() {
        byte[] record = first();
        int from = 0;
        int to = 0;
        for (int i = 0; i < large.size(); i++) {
            Large part = large.get(i);
            int bytes = part.bytes().remaining();
            System.arraycopy(small, from, record, to, part.before() - from);
            to += part.before() - from;
            from = part.before();
            if (i > 0) {
                part.bytes().get(part.bytes().position(), record, to, bytes);
            }
            to += bytes;
        }
        System.arraycopy(small, from, record, to, length - from);
        return record;
    }

    /** The array, with the first large part in its place. */
    private byte[] first() {
        if (large.isEmpty() || !large.get(0).bytes().hasArray()) {
            byte[] record = new byte[length + largeBytes];
            if (!large.isEmpty()) {
                ByteBuffer bytes = large.get(0).bytes();
                bytes.get(bytes.position(), record, large.get(0).before(), bytes.remaining());
            }
            return record;
        }
        ByteBuffer bytes = large.get(0).bytes();
        return with(
                bytes.array(),
                bytes.arrayOffset() + bytes.position(),
                bytes.remaining(),
                large.get(0).before(),
                length + largeBytes);
    }

    /** A copy into memory that was just taken: the compiler knows then that it need not be cleared first, which takes as long. */
    private static byte[] with(byte[] bytes, int from, int count, int before, int size) {
        byte[] record = new byte[size];
        System.arraycopy(bytes, from, record, before, count);
        return record;
    }

    private void makeRoom(int bytes) {
        if (small.length - length < bytes) {
            small = Arrays.copyOf(small, Math.max(2 * small.length, Math.addExact(length, bytes)));
        }
    }

    @Override
    public void writeBoolean(boolean value) {
        makeRoom(1);
        small[length++] = (byte) (value ? 1 : 0);
    }

    @Override
    public void writeInt(int value) {
        makeRoom(NUMBER);
        length += BinaryData.encodeInt(value, small, length);
    }

    @Override
    public void writeLong(long value) {
        makeRoom(NUMBER);
        length += BinaryData.encodeLong(value, small, length);
    }

    @Override
    public void writeFloat(float value) {
        makeRoom(NUMBER);
        length += BinaryData.encodeFloat(value, small, length);
    }

    @Override
    public void writeDouble(double value) {
        makeRoom(NUMBER);
        length += BinaryData.encodeDouble(value, small, length);
    }

    @Override
    public void writeBytes(ByteBuffer bytes) {
        int count = bytes.remaining();
        writeInt(count);
        if (count >= LARGE) {
            large.add(new Large(length, bytes));
            largeBytes = Math.addExact(largeBytes, count);
        } else {
            makeRoom(count);
            bytes.get(bytes.position(), small, length, count);
            length += count;
        }
    }

    @Override
    public void writeFixed(byte[] bytes, int start, int count) {
        makeRoom(count);
        System.arraycopy(bytes, start, small, length, count);
        length += count;
    }

    @Override
    protected void writeZero() {
        makeRoom(1);
        small[length++] = 0;
    }

    @Override
    public int bytesBuffered() {
        return length;
    }

    @Override
    public void flush() {
        // nothing is on its way
    }
}
