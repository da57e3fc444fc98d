package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Topic;
import io.longtake.meter.OddRecords;
import io.longtake.meter.StrictMeters;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InvalidRecordStateException;
import org.junit.jupiter.api.Test;

/** What becomes of leases when Kafka has other plans. */
class LeasesTest {

    /** Acknowledges nothing of the partition that it refuses. */
    private static final class Refusing extends MockShareConsumer<String, byte[]> {

        private final int refused;
        private final List<AcknowledgeType> acknowledged = new ArrayList<>();
        private final Map<TopicIdPartition, Optional<KafkaException>> answers = new HashMap<>();

        Refusing(int refused) {
            this.refused = refused;
        }

        @Override
        public synchronized void acknowledge(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
            acknowledged.add(type);
            TopicIdPartition partition = new TopicIdPartition(Uuid.ONE_UUID, record.partition(), record.topic());
            answers.put(
                    partition,
                    record.partition() == refused
                            ? Optional.of(new InvalidRecordStateException("somebody else has it"))
                            : Optional.empty());
        }

        @Override
        public synchronized Map<TopicIdPartition, Optional<KafkaException>> commitSync(Duration timeout) {
            Map<TopicIdPartition, Optional<KafkaException>> all = Map.copyOf(answers);
            answers.clear();
            return all;
        }

        private final List<ConsumerRecord<String, byte[]>> next = new ArrayList<>();

        /** What the queue makes of records of some partitions. */
        List<TakenTask> handOut(ShareQueue queue, int... partitions) {
            for (int partition : partitions) {
                next.add(LeasesTest.record(partition));
            }
            return queue.poll(true);
        }

        @Override
        public synchronized ConsumerRecords<String, byte[]> poll(Duration timeout) {
            Map<TopicPartition, List<ConsumerRecord<String, byte[]>>> records =
                    new TreeMap<>(Comparator.comparing(TopicPartition::partition));
            next.forEach(
                    record -> records.put(new TopicPartition(record.topic(), record.partition()), List.of(record)));
            next.clear();
            return new ConsumerRecords<>(records, Map.of());
        }

        /** So short that it is renewed at once. */
        @Override
        public Optional<Integer> acquisitionLockTimeoutMs() {
            return Optional.of(3);
        }
    }

    private final Work ours = new Work(Tasks.keyframes("ours", 1).build());
    private final Work lost = new Work(Tasks.keyframes("lost", 1).build());

    @Test
    void a_task_whose_renewal_is_refused_is_dropped_and_the_others_are_kept() throws InterruptedException {
        Refusing consumer = new Refusing(1);
        ShareQueue queue = queue(consumer);
        Leases leases = leases(queue);
        List<TakenTask> taken = consumer.handOut(queue, 0, 1);
        leases.add(taken.get(0), ours);
        leases.add(taken.get(1), lost);

        leases.attend();

        assertThat(lost.outcome()).isCancelled();
        assertThat(ours.isOver()).isFalse();
        assertThat(consumer.acknowledged).containsExactly(AcknowledgeType.RENEW, AcknowledgeType.RENEW);
        assertThat(taken.get(0).isInHand()).isFalse();

        assertThat(consumer.handOut(queue, 0))
                .as("it comes back, and is no new one")
                .isEmpty();
        assertThat(taken.get(0).isInHand()).isTrue();
    }

    @Test
    void a_connection_that_is_lost_drops_all_its_tasks() {
        Refusing consumer = new Refusing(-1);
        ShareQueue queue = queue(consumer);
        Leases leases = leases(queue);
        leases.add(consumer.handOut(queue, 0).get(0), ours);

        leases.drop();

        assertThat(ours.outcome()).isCancelled();
        assertThat(leases.isEmpty()).isTrue();
    }

    private static ShareQueue queue(Refusing consumer) {
        return new ShareQueue(consumer, Duration.ZERO, task -> {});
    }

    private static Leases leases(ShareQueue queue) {
        MeterRegistry registry = StrictMeters.create();
        WorkerMeters meters = new WorkerMeters(registry, "worker", Set.of("keyframes"));
        OddRecords odd = new OddRecords("worker", registry);
        return new Leases(queue, null, meters, odd, 5, new CompletableFuture<>());
    }

    private static ConsumerRecord<String, byte[]> record(int partition) {
        return new ConsumerRecord<>(Topic.ofTasks("keyframes").topicName(), partition, 0, "key", new byte[0]);
    }
}
