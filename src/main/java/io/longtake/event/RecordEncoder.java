package io.longtake.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * How one kind of record is written. Made once for each kind, for any number of threads: its fingerprint takes a hundred times as
 * long as a task.
 *
 * @param start the ten bytes that each record of the kind begins with
 */
record RecordEncoder(String name, byte[] start, DatumWriter<SpecificRecordBase> writer) {

    private static final ClassValue<RecordEncoder> KINDS = new ClassValue<>() {
        @Override
        protected RecordEncoder computeValue(Class<?> type) {
            return new RecordEncoder(SpecificData.get().getSchema(type));
        }
    };

    /** The code that was generated for a record writes it, where there is such code. */
    private static SpecificData generated(Schema schema) {
        SpecificData data = new SpecificData();
        // of what a field may be, besides null, Avro asks the data and not the record
        SpecificData.getForSchema(schema).getConversions().forEach(data::addLogicalTypeConversion);
        data.setCustomCoders(true);
        return data;
    }

    private RecordEncoder(Schema schema) {
        this(
                schema.getName(),
                ByteBuffer.allocate(Wire.HEADER)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) 0xC3)
                        .put((byte) 0x01)
                        .putLong(SchemaNormalization.parsingFingerprint64(schema))
                        .array(),
                new SpecificDatumWriter<>(schema, generated(schema)));
    }

    static RecordEncoder of(SpecificRecordBase record) {
        return KINDS.get(record.getClass());
    }

    /** @throws OversizedRecordException if it has more than {@link Wire#LIMIT} bytes */
    byte[] encode(SpecificRecordBase record) {
        ExactEncoder out = new ExactEncoder(start);
        try {
            writer.write(record, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (out.size() > Wire.LIMIT) {
            throw new OversizedRecordException(
                    String.format(Locale.ROOT, "%s of %d bytes: the limit is %d", name, out.size(), Wire.LIMIT));
        }
        return out.record();
    }
}
