package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Readers;
import io.longtake.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads {@code longtake.models} from its beginning. For one thread; interrupt it to end a wait. */
final class ModelsReader implements AutoCloseable {

    /** Of Kafka to each question. */
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofSeconds(5);

    private final Consumer<String, byte[]> consumer;
    private final PublishedModels models;

    /** @param models learns what is read */
    ModelsReader(KafkaConnection kafka, PublishedModels models) {
        this.consumer = new KafkaConsumer<>(
                kafka.with(Map.of(
                        "client.id", "longtake-models",
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        // a platform of an earlier version has no such topic, and is not to get one by being asked
                        "allow.auto.create.topics", "false",
                        // models come once in a while: an idle reader asks seldom
                        "fetch.max.wait.ms", Long.toString(POLL.toMillis()))),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.models = models;
    }

    /**
     * Reads what is there now; nothing if the topic is not.
     *
     * @throws KafkaException if Kafka does not answer, or refuses
     */
    void catchUp() {
        List<TopicPartition> partitions = consumer.partitionsFor(Topic.MODELS.topicName(), ANSWER).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, ANSWER);
        long deadline = System.nanoTime() + ANSWER.toNanos();
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey(), ANSWER) < end.getValue())) {
            if (System.nanoTime() - deadline > 0) {
                throw new TimeoutException(
                        "the models of this platform were not read within " + ANSWER.toSeconds() + " s");
            }
            consumer.poll(Duration.ofMillis(100)).forEach(models::take);
        }
    }

    /** Reads what comes in the next seconds. */
    void readOn() {
        consumer.poll(POLL).forEach(models::take);
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // a consumer closes in peace, or complains loudly
        Readers.close(consumer);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
