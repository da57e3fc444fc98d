package io.longtake.client;

import java.time.Instant;

/** Where a feed is read from. */
sealed interface Start {

    /** The first record of this time or later; the oldest there is for {@link Instant#EPOCH}. */
    record Since(Instant time) implements Start {}

    /** Where another reading was. */
    record Behind(Position position) implements Start {}

    /** Number of the first segment or fragment to come. */
    default int next() {
        return this instanceof Behind behind ? behind.position().next() : 0;
    }

    /** Index of the first frame to come. */
    default long frame() {
        return this instanceof Behind behind ? behind.position().frame() : 0;
    }

    /** Whether nothing is to come. */
    default boolean isEnd() {
        return this instanceof Behind behind && behind.position().end();
    }
}
