package io.longtake.event;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Makes dead letters: the record as far as 64 KiB, where it lay, and why it could not be read or honoured. */
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
        String text = key == null ? "" : key;
        return DeadLetter.newBuilder()
                .setTopic(place.topic())
                .setPartition(place.partition())
                .setOffset(place.offset())
                .setKey(text.substring(0, Math.min(KEY, text.length())))
                .setReason(reason)
                .setValue(ByteBuffer.wrap(kept, 0, Math.min(KEPT, kept.length)).slice())
                .setAt(at)
                .build();
    }
}
