package io.longtake.client;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The readable, committed records of one film on one topic, in their order. They lie in one partition, the one that every
 * Java producer picks for their key. Holds at most what one request brought, about 4 MiB.
 */
final class VideoRecords implements AutoCloseable {

    private static final String VIDEO_ID = "video_id";
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final String videoId;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Queue<SpecificRecordBase> waiting = new ArrayDeque<>();

    /** @param since starts at the partition's first record of this time or later */
    VideoRecords(KafkaConnection kafka, Topic topic, String videoId, Instant since) {
        this.videoId = videoId;
        this.consumer = new KafkaConsumer<>(
                kafka.with(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "max.partition.fetch.bytes", Integer.toString(4 << 20))),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        try {
            start(topic.topicName(), since);
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    /**
     * The next record of a kind.
     *
     * @param timeout how long to wait for it
     * @return empty where none came in that time
     */
    <T extends SpecificRecordBase> Optional<T> poll(Class<T> kind, Duration timeout) {
        long giveUp = System.nanoTime() + timeout.toNanos();
        do {
            if (waiting.isEmpty()) {
                fetch(Duration.ofNanos(Math.max(0, giveUp - System.nanoTime())));
            }
            while (!waiting.isEmpty()) {
                SpecificRecordBase record = waiting.remove();
                if (kind.isInstance(record)) {
                    return Optional.of(kind.cast(record));
                }
            }
        } while (System.nanoTime() - giveUp < 0);
        return Optional.empty();
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void start(String topic, Instant since) {
        byte[] key = videoId.getBytes(StandardCharsets.UTF_8);
        int partitions = consumer.partitionsFor(topic, ANSWER).size();
        TopicPartition partition = new TopicPartition(topic, Utils.toPositive(Utils.murmur2(key)) % partitions);
        consumer.assign(List.of(partition));
        if (since.equals(Instant.EPOCH)) {
            consumer.seekToBeginning(List.of(partition));
            return;
        }
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, since.toEpochMilli()), ANSWER)
                .get(partition);
        if (first != null) {
            consumer.seek(partition, first.offset());
        } else {
            // Nothing is that young: what comes from now on is. "Now" is when we ask, not at the first poll.
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition, ANSWER);
        }
    }

    private void fetch(Duration timeout) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(timeout)) {
            if (videoId.equals(record.key())) {
                try {
                    SpecificRecordBase read = Wire.decode(record.value());
                    if (read.hasField(VIDEO_ID) && videoId.equals(read.get(VIDEO_ID))) {
                        waiting.add(read);
                    }
                } catch (UnreadableRecordException foreign) {
                    // Anybody may write to a public topic; what is not ours is not for us.
                }
            }
        }
    }
}
