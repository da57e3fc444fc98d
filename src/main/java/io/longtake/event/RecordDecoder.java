package io.longtake.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * The kinds of record that a program knows, by the fingerprints of their schemas, and how each is read. What there is to work out
 * about a schema is worked out once. For any number of threads.
 */
public final class RecordDecoder {

    private static final Map<Long, Kind> OURS = List.of(
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
                    new ParkedRecord(),
                    new DirectorState(),
                    new StitcherVideo(),
                    new StitcherCopy(),
                    new StitcherFragment())
            .stream()
            .flatMap(Kind::all)
            .collect(Collectors.toUnmodifiableMap(Kind::fingerprint, kind -> kind));

    private final Map<Long, Kind> kinds;

    private RecordDecoder(Map<Long, Kind> kinds) {
        this.kinds = Map.copyOf(kinds);
    }

    /** Of this version: today's schemas, and {@link EarlierSchemas earlier} ones. */
    public static RecordDecoder ours() {
        return new RecordDecoder(OURS);
    }

    /**
     * The same, which also knows one schema more.
     *
     * @param today of the record that it is read as
     */
    public RecordDecoder with(Schema written, Schema today) {
        Kind more = Kind.resolving(written, today);
        Map<Long, Kind> all = new HashMap<>(kinds);
        all.put(more.fingerprint(), more);
        return new RecordDecoder(all);
    }

    /** Whether it knows the schema with this CRC-64-AVRO. */
    public boolean knows(long fingerprint) {
        return kinds.containsKey(fingerprint);
    }

    /**
     * Reads whichever record the bytes hold.
     *
     * @throws NewerRecordException if they may be one of ours, of a schema that is not known here
     * @throws UnreadableRecordException if they are not one of ours
     */
    public SpecificRecordBase decode(byte[] bytes) {
        if (bytes == null) {
            throw new UnreadableRecordException("empty record (null value)");
        }
        if (bytes.length < Wire.HEADER || bytes[0] != (byte) 0xC3 || bytes[1] != 0x01) {
            throw new UnreadableRecordException("not Avro single-object encoding: expected the header C3 01, got "
                    + bytes.length + " bytes"
                    + (bytes.length < 2 ? "" : String.format(Locale.ROOT, " starting %02X %02X", bytes[0], bytes[1])));
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        Kind kind = kinds.get(fingerprint);
        if (kind == null) {
            throw new NewerRecordException(fingerprint);
        }
        return kind.decode(bytes);
    }

    /** As {@link #decode(byte[])}, and refuses every kind but one. */
    public <T extends SpecificRecordBase> T decode(byte[] bytes, Class<T> expected) {
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
     * @param fingerprint of the schema that the bytes were written with: today's, or an {@link EarlierSchemas earlier} one
     * @param today of the record
     */
    private record Kind(long fingerprint, Schema today, Body body) {

        /** For many threads: what Avro keeps of a decoding, it keeps for each thread. */
        interface Body {
            SpecificRecordBase read(BoundedDecoder in) throws IOException;
        }

        static Stream<Kind> all(SpecificRecordBase sample) {
            Schema today = sample.getSchema();
            return Stream.concat(
                    Stream.of(resolving(today, today)),
                    EarlierSchemas.of(today.getName())
                            .map(earlier -> earlier.upgrade() == null
                                    ? resolving(earlier.written(), today)
                                    : upgrading(earlier, today)));
        }

        static Kind resolving(Schema written, Schema today) {
            DatumReader<SpecificRecordBase> reader = reader(written, today);
            return new Kind(fingerprint(written), today, in -> reader.read(null, in));
        }

        /** By way of bytes of today's schema: records of before are few, and this way none of their types is left in one. */
        private static Kind upgrading(EarlierSchemas.Earlier earlier, Schema today) {
            DatumReader<GenericRecord> then = new GenericDatumReader<>(earlier.written(), earlier.resolved());
            DatumWriter<GenericRecord> now = new GenericDatumWriter<>(today);
            DatumReader<SpecificRecordBase> reader = reader(today, today);
            return new Kind(fingerprint(earlier.written()), today, in -> {
                GenericRecord read = then.read(null, in);
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
                now.write(earlier.upgrade().of(read, today), out);
                return reader.read(null, new BoundedDecoder(bytes.toByteArray(), 0));
            });
        }

        @SuppressWarnings("unchecked") // the schema is that of a generated class
        private static DatumReader<SpecificRecordBase> reader(Schema written, Schema today) {
            return (DatumReader<SpecificRecordBase>)
                    SpecificData.getForSchema(today).createDatumReader(written, today);
        }

        private static long fingerprint(Schema written) {
            return SchemaNormalization.parsingFingerprint64(written);
        }

        SpecificRecordBase decode(byte[] bytes) {
            try {
                return body.read(new BoundedDecoder(bytes, Wire.HEADER));
            } catch (IOException | RuntimeException e) { // whatever garbage makes of Avro
                throw new UnreadableRecordException("broken " + today.getName() + ": " + e.getMessage(), e);
            }
        }
    }
}
