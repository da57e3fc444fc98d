package io.longtake.client;

import io.longtake.event.KafkaConnection;
import io.longtake.event.NewerRecordException;
import io.longtake.event.PromptEvent;
import io.longtake.event.Readers;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEvents;
import io.longtake.event.VideoId;
import io.longtake.event.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what Kafka still has of prompts and events, up to now. It holds a summary of each video, not its events. */
final class KnownVideos {

    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final KafkaConnection kafka;
    private final Predicate<String> wanted;
    private final Map<String, KnownVideo> found = new HashMap<>();

    private KnownVideos(KafkaConnection kafka, Predicate<String> wanted) {
        this.kafka = kafka;
        this.wanted = wanted;
    }

    /** Those of all videos, the one that was asked for last first. */
    static List<KnownVideo> all(KafkaConnection kafka) {
        KnownVideos histories = new KnownVideos(kafka, id -> true);
        histories.read();
        return histories.found.values().stream()
                .sorted(Comparator.comparing((KnownVideo video) -> video.asked().orElse(video.changed()))
                        .reversed())
                .toList();
    }

    /** That of one video; empty if nobody asked for it, as far as Kafka remembers. */
    static Optional<KnownVideo> of(KafkaConnection kafka, String videoId) {
        KnownVideos histories = new KnownVideos(kafka, videoId::equals);
        histories.read();
        return Optional.ofNullable(histories.found.get(videoId));
    }

    private void read() {
        try (Topics topics = new Topics(kafka)) {
            topics.toTheirEnd(this::take);
        }
    }

    /** Anybody may write to a public topic: what is not ours is passed over. */
    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || !wanted.test(record.key()) || !VideoId.isOne(record.key())) {
            return;
        }
        try {
            SpecificRecordBase read = Wire.decode(record.value());
            if (read instanceof PromptEvent prompt && !prompt.getScenes().isEmpty()) {
                history(record.key()).on(prompt, Instant.ofEpochMilli(record.timestamp()));
            } else if (read instanceof VideoEvent event) {
                history(record.key()).on(VideoEvents.check(event));
            }
        } catch (UnreadableRecordException | NewerRecordException foreign) {
            return;
        }
    }

    private KnownVideo history(String videoId) {
        return found.computeIfAbsent(videoId, KnownVideo::new);
    }

    /** All partitions of the two topics. */
    private static final class Topics implements AutoCloseable {

        private final KafkaConsumer<String, byte[]> consumer;

        Topics(KafkaConnection kafka) {
            consumer = new KafkaConsumer<>(
                    kafka.with(Map.of(
                            "isolation.level", "read_committed",
                            "enable.auto.commit", "false",
                            "allow.auto.create.topics", "false")),
                    new StringDeserializer(),
                    new ByteArrayDeserializer());
        }

        void toTheirEnd(java.util.function.Consumer<ConsumerRecord<String, byte[]>> reader) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (Topic topic : List.of(Topic.PROMPTS, Topic.VIDEOS)) {
                consumer.partitionsFor(topic.topicName(), ANSWER)
                        .forEach(part -> partitions.add(new TopicPartition(part.topic(), part.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
            long deadline = System.nanoTime() + ANSWER.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), ANSWER) < end.getValue())) {
                var records = consumer.poll(Duration.ofMillis(100));
                records.forEach(reader);
                if (!records.isEmpty()) {
                    deadline = System.nanoTime() + ANSWER.toNanos();
                } else if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException("Kafka sent nothing more for " + ANSWER.toSeconds() + " s");
                }
            }
        }

        @Override
        public void close() {
            Readers.close(consumer);
        }
    }
}
