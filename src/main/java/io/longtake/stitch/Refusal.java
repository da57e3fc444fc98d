package io.longtake.stitch;

import io.longtake.event.DeadLetter;
import io.longtake.event.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Record;

/** What could not be honoured, as a record of {@code longtake.dead-letters}. */
final class Refusal {

    private static final int VALUE_LIMIT = 64 << 10;

    /** Characters of a key or a reason, which the sender of a bad record chose: the letter must fit where it did. */
    private static final int TEXT_LIMIT = 1000;

    private Refusal() {}

    /** A record of {@code longtake.frames}. */
    static DeadLetter of(Record<String, byte[]> record, int partition, long offset, String reason) {
        byte[] value = record.value() == null ? new byte[0] : record.value();
        return letter(partition, offset, record.key(), reason, record.timestamp())
                .setValue(ByteBuffer.wrap(value, 0, Math.min(value.length, VALUE_LIMIT)))
                .build();
    }

    /** A copy of a batch that lies in {@code longtake.frames}, from the offset of its first chunk. */
    static DeadLetter ofCopy(String videoId, int partition, BatchCopy copy, String reason, long time) {
        return letter(partition, copy.offsets().get(0), videoId, reason, time)
                .setValue(ByteBuffer.allocate(0))
                .build();
    }

    private static DeadLetter.Builder letter(int partition, long offset, String key, String reason, long time) {
        return DeadLetter.newBuilder()
                .setTopic(Topic.FRAMES.topicName())
                .setPartition(partition)
                .setOffset(offset)
                .setKey(key == null ? "" : cut(key))
                .setReason(cut(reason))
                .setAt(Instant.ofEpochMilli(time));
    }

    private static String cut(String text) {
        return text.length() <= TEXT_LIMIT ? text : text.substring(0, TEXT_LIMIT);
    }
}
