package io.longtake.client;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.NewerRecordException;
import io.longtake.event.Readers;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import io.longtake.event.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * The readable, committed records of one video on some topics, each topic's in their order and once. They lie in one
 * partition, the one that every Java producer picks for their key. Holds at most what one request brought, about 4 MiB a
 * topic.
 */
final class VideoRecords implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(VideoRecords.class.getName());
    private static final String VIDEO_ID = "video_id";
    private static final Duration ANSWER = Duration.ofSeconds(30);

    /** A record, and where it lay. */
    record Stored(Topic topic, long offset, SpecificRecordBase record) {}

    private final KafkaConnection kafka;
    private final String videoId;
    private final Set<Topic> topics;
    private final Start start;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Map<TopicPartition, Topic> partitions = new HashMap<>();
    private final Map<Topic, Long> fetched = new HashMap<>();
    private final Queue<Stored> waiting = new ArrayDeque<>();
    private long skipped;

    VideoRecords(KafkaConnection kafka, String videoId, Set<Topic> topics, Start start) {
        this.kafka = kafka;
        this.videoId = videoId;
        this.topics = topics;
        this.start = start;
        this.consumer = new KafkaConsumer<>(
                kafka.with(Map.of(
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "max.partition.fetch.bytes", Integer.toString(4 << 20))),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Finds where to begin.
     *
     * @throws IllegalArgumentException if that lies behind the end of a topic
     */
    void start() {
        byte[] key = videoId.getBytes(StandardCharsets.UTF_8);
        for (Topic topic : topics) {
            int count = consumer.partitionsFor(topic.topicName(), ANSWER).size();
            partitions.put(new TopicPartition(topic.topicName(), Utils.toPositive(Utils.murmur2(key)) % count), topic);
        }
        consumer.assign(partitions.keySet());
        partitions.forEach((partition, topic) -> {
            long offset = offset(partition, topic);
            consumer.seek(partition, offset);
            fetched.put(topic, offset);
        });
    }

    /**
     * The next record.
     *
     * @param timeout how long to wait for it
     * @return empty if none came in that time
     */
    Optional<Stored> poll(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        do {
            if (waiting.isEmpty()) {
                fetch(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            }
            if (!waiting.isEmpty()) {
                return Optional.of(waiting.remove());
            }
        } while (System.nanoTime() - deadline < 0);
        return Optional.empty();
    }

    /** The offset of a topic that every record given out lies before, and every other behind. */
    long next(Topic topic) {
        return waiting.stream()
                .filter(record -> record.topic() == topic)
                .findFirst()
                .map(Stored::offset)
                .orElseGet(() -> fetched.get(topic));
    }

    /** Where a topic ends now, transactions that are not committed yet included. */
    long end(Topic topic) {
        TopicPartition partition = partition(topic);
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            return KafkaAnswer.of(admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition))
                    .offset();
        }
    }

    /** Whether everything of a topic up to an offset was given out. */
    boolean hasGiven(Topic topic, long end) {
        return waiting.isEmpty() && consumer.position(partition(topic), ANSWER) >= end;
    }

    /** Records under the video's key that could not be read. */
    long skipped() {
        return skipped;
    }

    /** From any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        Readers.close(consumer);
    }

    private TopicPartition partition(Topic topic) {
        return partitions.entrySet().stream()
                .filter(entry -> entry.getValue() == topic)
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private long offset(TopicPartition partition, Topic topic) {
        if (start instanceof Start.Behind behind) {
            long offset = topic == behind.position().topic()
                    ? behind.position().offset()
                    : behind.position().news();
            long end = end(partition);
            if (offset > end) {
                throw new IllegalArgumentException("position: " + behind.position() + " lies behind the end of "
                        + topic.topicName() + ", which is " + end + ": it is of another Kafka");
            }
            return offset;
        }
        Instant since = ((Start.Since) start).time();
        if (since.equals(Instant.EPOCH)) {
            return consumer.beginningOffsets(List.of(partition), ANSWER).get(partition);
        }
        OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(partition, since.toEpochMilli()), ANSWER)
                .get(partition);
        // If nothing is that young, what comes from now on is.
        return first != null ? first.offset() : end(partition);
    }

    private long end(TopicPartition partition) {
        return consumer.endOffsets(List.of(partition), ANSWER).get(partition);
    }

    private void fetch(Duration timeout) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(timeout)) {
            Topic topic = partitions.get(new TopicPartition(record.topic(), record.partition()));
            if (record.offset() < fetched.get(topic)) {
                continue; // Kafka began the topic again, as where it lost its end
            }
            fetched.put(topic, record.offset() + 1);
            if (videoId.equals(record.key())) {
                read(topic, record);
            }
        }
    }

    /** Anybody may write to a public topic: what is not ours is not for us, whatever is wrong with it. */
    private void read(Topic topic, ConsumerRecord<String, byte[]> record) {
        try {
            SpecificRecordBase read = Wire.decode(record.value());
            if (!read.hasField(VIDEO_ID) || !videoId.equals(read.get(VIDEO_ID))) {
                throw new UnreadableRecordException("its video_id is not its key");
            }
            waiting.add(new Stored(
                    topic, record.offset(), read instanceof VideoEvent event ? VideoEvents.check(event) : read));
        } catch (UnreadableRecordException | NewerRecordException foreign) {
            skip(record, foreign.getMessage());
        }
    }

    private void skip(ConsumerRecord<String, byte[]> record, String why) {
        skipped++;
        LOG.log(
                System.Logger.Level.DEBUG,
                () -> String.format(
                        Locale.ROOT,
                        "%s-%d@%d is passed over: %s",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        why));
    }
}
