package io.longtake.event;

import java.nio.ByteBuffer;
import java.time.Instant;

/**
 * Makes dead letters: the record as far as 64 KiB, where it lay, and why it could not be read or honoured. Key and reason are
 * cut too, for the sender of a bad record chose what they hold: the letter must fit where the record did. Send it under its
 * own key, the cut one.
 */
public final class DeadLetters {

    private static final int KEPT = 64 * 1024;
    private static final int KEY = 256;

    private DeadLetters() {}

    /** Where a record lay. */
    public record Place(String topic, int partition, long offset) {
        /** Of a record that came from no topic, as in a punctuation. */
        public static final Place NOWHERE = new Place("", -1, -1);
    }

    public static DeadLetter of(Place place, String key, byte[] value, Instant at, String reason) {
        byte[] kept = value == null ? new byte[0] : value;
        return DeadLetter.newBuilder()
                .setTopic(place.topic())
                .setPartition(place.partition())
                .setOffset(place.offset())
                .setKey(key == null ? "" : Shortened.text(key, KEY))
                .setReason(Shortened.text(reason, Shortened.REASON))
                .setValue(ByteBuffer.wrap(kept, 0, Math.min(KEPT, kept.length)).slice())
                .setAt(at)
                .build();
    }
}
