package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.StageResult;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What workers have reported of a video. */
final class Results {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private Results() {}

    static List<StageResult> await(KafkaConnection kafka, String video, int count) {
        List<StageResult> results = new ArrayList<>();
        Map<String, Object> settings = kafka.with(Map.of("isolation.level", "read_committed"));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topic.RESULTS.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long deadline = System.nanoTime() + DEADLINE.toNanos();
            while (results.size() < count && System.nanoTime() < deadline) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (video.equals(record.key())) {
                        results.add(Wire.decode(record.value(), StageResult.class));
                    }
                }
            }
        }
        if (results.size() < count) {
            throw new AssertionError("expected " + count + " results of " + video + ", got " + results);
        }
        return results;
    }
}
