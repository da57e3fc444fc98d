package io.longtake.payload;

import io.longtake.event.VideoId;
import io.longtake.video.Codec;
import java.util.Locale;

/** Checks what a record says about itself, field by field; every refusal names the record. */
record RecordClaim(String record) {

    void within(String field, long value, long min, long max) {
        if (value < min || value > max) {
            throw refused(field, "expected " + min + ".." + max + ", got " + value);
        }
    }

    void equal(String field, long value, long expected) {
        if (value != expected) {
            throw refused(field, "expected " + expected + ", got " + value);
        }
    }

    void checksum(String field, long promised, long found) {
        if (promised != found) {
            throw refused(field, String.format(Locale.ROOT, "expected CRC-32C %08x, found %08x", promised, found));
        }
    }

    void videoId(String field, String value) {
        if (!VideoId.isOne(value)) {
            throw refused(field, VideoId.EXPECTED + ", got '" + value + "'");
        }
    }

    Codec codec(String field, String wireName) {
        try {
            return Codec.parse(wireName);
        } catch (IllegalArgumentException e) {
            throw new CorruptPayloadException(record + ", " + e.getMessage());
        }
    }

    CorruptPayloadException refused(String field, String why) {
        return new CorruptPayloadException(record + ", " + field + ": " + why);
    }
}
