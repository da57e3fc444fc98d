package io.longtake.event;

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

    /** Bytes before the record: C3 01, and the fingerprint. */
    static final int HEADER = 10;

    private Wire() {}

    /** @throws OversizedRecordException if it has more than {@link #LIMIT} bytes */
    public static byte[] encode(SpecificRecordBase record) {
        return RecordEncoder.of(record).encode(record);
    }

    /**
     * Reads whichever record the bytes hold, with the schemas of this version.
     *
     * @throws NewerRecordException if they may be one of ours, of a schema that is not known here
     * @throws UnreadableRecordException if they are not one of ours
     */
    public static SpecificRecordBase decode(byte[] bytes) {
        return RecordDecoder.ours().decode(bytes);
    }

    /** As {@link #decode(byte[])}, and refuses every kind but one. */
    public static <T extends SpecificRecordBase> T decode(byte[] bytes, Class<T> expected) {
        return RecordDecoder.ours().decode(bytes, expected);
    }
}
