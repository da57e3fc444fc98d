package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.model.InputSource;
import io.longtake.model.ToyModel;
import io.longtake.payload.PayloadCache;
import io.longtake.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A task's outcome whose transaction was aborted after all of it had arrived at the broker, as readers of both kinds see it. */
@ExtendWith(SharedBroker.class)
class AbortedPublishIT {

    private final String video = UUID.randomUUID().toString();
    private final StageTask task = Tasks.keyframes(video, 1).build();
    private final KafkaConnection kafka;
    private final WorkerClients clients;
    /** What is wrong with the first producer, the second, and so on. */
    private final Deque<UnaryOperator<Producer<String, byte[]>>> faults = new ArrayDeque<>();

    private final Transactions transactions =
            new Transactions(this::producer, PayloadCache.none(), Duration.ofMillis(50));
    private final Publisher publisher = new Publisher(transactions, new WorkerSettings("worker", ToyModel.STAGES, 1));

    AbortedPublishIT(KafkaConnection kafka) {
        this.kafka = kafka;
        this.clients = new WorkerClients(kafka, Crew.settings("worker"));
    }

    private Producer<String, byte[]> producer() {
        Producer<String, byte[]> producer = clients.results();
        return faults.isEmpty() ? producer : faults.pop().apply(producer);
    }

    @AfterEach
    void close() {
        transactions.close();
    }

    @Test
    void nothing_of_an_aborted_transaction_is_seen_and_what_is_published_again_is_seen_once() {
        faults.add(producer -> refusingCommit(producer, Faulty.once(call -> {
            assertThat(counts("read_uncommitted")).as("it has all arrived").containsExactly(1L, 1L);
            assertThat(counts("read_committed")).as("before the abort").containsExactly(0L, 0L);
            throw new InvalidTxnStateException("a test");
        })));

        publisher.publish(new Work(task), new TaskOutcome.Made(Map.of(InputSource.OUT, Tensor.filled(7, 2, 3)), 1));

        assertThat(counts("read_uncommitted")).as("aborted, and once more").containsExactly(2L, 2L);
        assertThat(counts("read_committed")).containsExactly(1L, 1L);
    }

    @SuppressWarnings("unchecked")
    private static Producer<String, byte[]> refusingCommit(Producer<String, byte[]> producer, Faulty.Fault fault) {
        return Faulty.in("commitTransaction", Producer.class, producer, fault);
    }

    /** Records of the video on the topics of latents and of results, as many as there are now. */
    private List<Long> counts(String isolation) {
        return Stream.of(Topic.LATENTS, Topic.RESULTS)
                .map(topic -> count(topic, isolation))
                .toList();
    }

    private long count(Topic topic, String isolation) {
        Map<String, Object> settings = kafka.with(Map.of("isolation.level", isolation));
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic.topicName()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            long found = 0;
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    found += record.key() != null && record.key().startsWith(video) ? 1 : 0;
                }
            }
            return found;
        }
    }
}
