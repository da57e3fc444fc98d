package io.longtake.event;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;

/**
 * Avro's binary decoder, which believes no length that the bytes cannot hold. Avro itself allocates what a string, bytes or an
 * array claim to have, up to 2 GiB, before it looks for them; its own limits hold only if they are set before any of its
 * classes is used.
 */
final class BoundedDecoder extends Decoder {

    private final ByteArrayInputStream bytes;
    private final BinaryDecoder in;

    /** @param from index of the first byte that is read */
    BoundedDecoder(byte[] record, int from) {
        this.bytes = new ByteArrayInputStream(record, from, record.length - from);
        // reads no further than it is asked to: what is left is in the stream
        this.in = DecoderFactory.get().directBinaryDecoder(bytes, null);
    }

    private int within(String what, long claimed) {
        if (claimed < 0 || claimed > bytes.available()) {
            throw new AvroRuntimeException(String.format(
                    Locale.ROOT,
                    "%s of %d, but only %d bytes are left of the record",
                    what,
                    claimed,
                    bytes.available()));
        }
        return (int) claimed;
    }

    private byte[] run(String what) throws IOException {
        byte[] run = new byte[within(what, in.readLong())];
        in.readFixed(run);
        return run;
    }

    @Override
    public Utf8 readString(Utf8 old) throws IOException {
        return new Utf8(run("a text"));
    }

    @Override
    public String readString() throws IOException {
        return readString(null).toString();
    }

    @Override
    public void skipString() throws IOException {
        in.skipFixed(within("a text", in.readLong()));
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(run("bytes"));
    }

    @Override
    public void skipBytes() throws IOException {
        in.skipFixed(within("bytes", in.readLong()));
    }

    @Override
    public long readArrayStart() throws IOException {
        return within("items", in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return within("items", in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return within("items", in.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return within("entries", in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return within("entries", in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return within("entries", in.skipMap());
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public void readFixed(byte[] into, int start, int length) throws IOException {
        in.readFixed(into, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
