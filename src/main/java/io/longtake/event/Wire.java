package io.longtake.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Records as bytes: Avro single-object encoding, that is C3 01, the schema's 64-bit Rabin fingerprint (little endian),
 * then the record. One topic may carry several kinds of record; the fingerprint tells them apart.
 */
public final class Wire {

    /**
     * Bytes of a record: what a broker takes by default (1,048,588), less 4 KiB for its key and for what Kafka adds. The largest
     * of ours is a chunk of {@value Chunks#LIMIT} bytes with the sizes of 10,000 packets.
     */
    public static final int LIMIT = (1 << 20) - 4096;

    private static final int HEADER = 10;

    private static final Map<Long, Kind<?>> KINDS = List.<SpecificRecordBase>of(
                    new PromptEvent(),
                    new CancelEvent(),
                    new DeleteEvent(),
                    new ExtendEvent(),
                    new PlayheadEvent(),
                    new StageTask(),
                    new StageResult(),
                    new SegmentStitched(),
                    new PayloadChunk(),
                    new FrameChunk(),
                    new FragmentChunk(),
                    new VideoEvent(),
                    new DeadLetter(),
                    new PublishedModel(),
                    new DirectorState())
            .stream()
            .flatMap(Kind::all)
            .collect(Collectors.toUnmodifiableMap(Kind::fingerprint, kind -> kind));

    private Wire() {}

    /** @throws OversizedRecordException if it has more than {@link #LIMIT} bytes */
    public static byte[] encode(SpecificRecordBase record) {
        try {
            ByteBuffer bytes = new BinaryMessageEncoder<SpecificRecordBase>(
                            SpecificData.get(), record.getSchema(), true)
                    .encode(record);
            if (bytes.remaining() > LIMIT) {
                throw new OversizedRecordException("%s of %d bytes: the limit is %d"
                        .formatted(record.getSchema().getName(), bytes.remaining(), LIMIT));
            }
            byte[] out = new byte[bytes.remaining()];
            bytes.get(out);
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads whichever record the bytes hold.
     *
     * @throws UnreadableRecordException if they are not one of ours
     */
    public static SpecificRecordBase decode(byte[] bytes) {
        if (bytes == null) {
            throw new UnreadableRecordException("empty record (null value)");
        }
        if (bytes.length < HEADER || bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
            throw new UnreadableRecordException(
                    "not Avro single-object encoding: expected the header C3 01, got " + bytes.length + " bytes"
                            + (bytes.length < 2 ? "" : " starting %02X %02X".formatted(bytes[0], bytes[1])));
        }
        long fingerprint =
                ByteBuffer.wrap(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN).getLong(2);
        Kind<?> kind = KINDS.get(fingerprint);
        if (kind == null) {
            throw new UnreadableRecordException(
                    "unknown schema fingerprint %016x: not one of this version's schemas".formatted(fingerprint));
        }
        return kind.decode(bytes);
    }

    /** As {@link #decode(byte[])}, and refuses every kind but one. */
    public static <T extends SpecificRecordBase> T decode(byte[] bytes, Class<T> expected) {
        SpecificRecordBase record = decode(bytes);
        if (!expected.isInstance(record)) {
            throw new UnreadableRecordException("expected " + expected.getSimpleName() + ", got "
                    + record.getSchema().getName());
        }
        return expected.cast(record);
    }

    /**
     * How one schema is read.
     *
     * @param written of the bytes: today's, or an {@link EarlierSchemas earlier} one
     */
    private record Kind<T extends SpecificRecordBase>(Schema written, Schema today, BodyReader<T> body) {

        interface BodyReader<T> {
            T read(BoundedDecoder in) throws IOException;
        }

        static Stream<Kind<?>> all(SpecificRecordBase sample) {
            Schema today = sample.getSchema();
            return Stream.concat(
                    Stream.of(new Kind<>(today, today, resolving(today, today))),
                    EarlierSchemas.of(today.getName())
                            .map(earlier -> new Kind<>(
                                    earlier.written(),
                                    today,
                                    earlier.upgrade() == null
                                            ? resolving(earlier.written(), today)
                                            : upgrading(earlier, today))));
        }

        @SuppressWarnings("unchecked") // the schema is that of T
        private static <T extends SpecificRecordBase> BodyReader<T> resolving(Schema written, Schema today) {
            return in -> ((DatumReader<T>) SpecificData.get().createDatumReader(written, today)).read(null, in);
        }

        /** By way of bytes of today's schema: records of before are few, and this way none of their types is left in one. */
        private static <T extends SpecificRecordBase> BodyReader<T> upgrading(
                EarlierSchemas.Earlier earlier, Schema today) {
            return in -> {
                GenericRecord read =
                        new GenericDatumReader<GenericRecord>(earlier.written(), earlier.resolved()).read(null, in);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
                new GenericDatumWriter<GenericRecord>(today)
                        .write(earlier.upgrade().of(read, today), out);
                return Kind.<T>resolving(today, today).read(new BoundedDecoder(bytes.toByteArray(), 0));
            };
        }

        long fingerprint() {
            return SchemaNormalization.parsingFingerprint64(written);
        }

        T decode(byte[] bytes) {
            try {
                return body.read(new BoundedDecoder(bytes, HEADER));
            } catch (IOException | RuntimeException e) { // whatever garbage makes of Avro
                throw new UnreadableRecordException("broken " + today.getName() + ": " + e.getMessage(), e);
            }
        }
    }
}
