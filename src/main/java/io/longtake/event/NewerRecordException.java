package io.longtake.event;

import java.util.Locale;

/**
 * A record of a schema that this program does not know, in an envelope that it does: it was written by a later version. That is no
 * fault of the record, so this is no {@link UnreadableRecordException}, and nobody may bury or fail anything because of it.
 */
public final class NewerRecordException extends RuntimeException {

    private final long fingerprint;

    NewerRecordException(long fingerprint) {
        super(String.format(
                Locale.ROOT,
                "schema fingerprint %016x is not one of this version's: the record is newer than this program",
                fingerprint));
        this.fingerprint = fingerprint;
    }

    /** CRC-64-AVRO of the schema. */
    public long fingerprint() {
        return fingerprint;
    }
}
