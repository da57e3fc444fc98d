package io.longtake.event;

import java.time.Duration;

/**
 * The time of a record as a reader takes it. Whoever sends a record chooses its time, and what is made of a record has the same
 * time: a broker refuses records that are too far ahead of its clock, so a role that took such a time over would send nothing
 * ever after.
 */
public final class RecordTime {

    /** What a broker allows unless told otherwise ({@code message.timestamp.after.max.ms}). */
    private static final long AHEAD = Duration.ofHours(1).toMillis();

    private RecordTime() {}

    /**
     * The record's own time if it can be true, otherwise now.
     *
     * @param said by the record, in milliseconds since 1970; -1: it has none
     * @param now milliseconds since 1970
     */
    public static long of(long said, long now) {
        return said < 0 || said > now + AHEAD ? now : said;
    }
}
