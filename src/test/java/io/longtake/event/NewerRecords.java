package io.longtake.event;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/** Records as a later version writes them: each schema has a field more, at its end. */
public final class NewerRecords {

    private static final String MORE = "of_a_later_version";

    private NewerRecords() {}

    /** What the later version reads, after an upgrade: all of this one, and the newer schema of these records. */
    public static RecordDecoder decoder(Schema... schemas) {
        RecordDecoder decoder = RecordDecoder.ours();
        for (Schema today : schemas) {
            decoder = decoder.with(newer(today), today);
        }
        return decoder;
    }

    public static byte[] encode(SpecificRecordBase record) {
        Schema newer = newer(record.getSchema());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint(record.getSchema()))
                .array());
        try {
            BinaryEncoder out = EncoderFactory.get().directBinaryEncoder(bytes, null);
            new SpecificDatumWriter<SpecificRecordBase>(record.getSchema(), SpecificData.get()).write(record, out);
            out.writeString(newer.getField(MORE).name()); // after all others, so it simply follows
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Of the newer schema. */
    public static long fingerprint(Schema today) {
        return SchemaNormalization.parsingFingerprint64(newer(today));
    }

    private static Schema newer(Schema today) {
        String text = today.toString();
        int end = text.lastIndexOf("]");
        return new Schema.Parser()
                .parse(text.substring(0, end) + ",{\"name\":\"" + MORE + "\",\"type\":\"string\",\"default\":\"\"}"
                        + text.substring(end));
    }
}
