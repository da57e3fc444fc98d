package io.longtake.worker;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queue of a stage's tasks, as one connection sees it. No call waits for an answer for ever, and whatever goes wrong in one is a
 * {@link KafkaException}. For one thread.
 */
final class TaskQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskQueue.class);
    /**
     * What a poll outlasts its fetch by. Hardly anything, because a poll whose fetch comes back empty sends no other before its time is
     * out. And not less, because what a fetch brings that nobody waits for is kept from all others.
     */
    private static final Duration MARGIN = Duration.ofMillis(10);

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(3);
    private static final int DEFAULT_LOCK_MILLIS = 30_000;

    private final ShareConsumer<String, byte[]> consumer;
    private final Duration poll;

    /** @param fetch how long the broker keeps a fetch waiting for tasks */
    TaskQueue(ShareConsumer<String, byte[]> consumer, Duration fetch) {
        this.consumer = consumer;
        this.poll = fetch.plus(MARGIN);
    }

    /** New tasks, or those that were renewed. */
    Iterable<ConsumerRecord<String, byte[]>> poll() {
        return call(() -> consumer.poll(poll));
    }

    int lockMillis() {
        return call(consumer::acquisitionLockTimeoutMs).orElse(DEFAULT_LOCK_MILLIS);
    }

    /**
     * Renews locks, all in one request, for each may have to wait for a fetch that is under way. The acknowledgement must be
     * committed before the next poll, or that poll would acquire other tasks for this busy worker.
     *
     * @return the partitions where it was refused
     */
    Set<TopicPartition> renew(List<ConsumerRecord<String, byte[]>> records) {
        return call(() -> {
            records.forEach(record -> consumer.acknowledge(record, AcknowledgeType.RENEW));
            return commit(AcknowledgeType.RENEW);
        });
    }

    /** Ends a lease: ACCEPT when done, RELEASE for another try, REJECT for poison. */
    void acknowledge(ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
        call(() -> {
            consumer.acknowledge(record, type);
            return commit(type);
        });
    }

    /** commitSync throws no error of a partition, they are in the map. */
    private Set<TopicPartition> commit(AcknowledgeType type) {
        Set<TopicPartition> refused = new HashSet<>();
        consumer.commitSync(ANSWER)
                .forEach((partition, error) -> error.ifPresent(e -> {
                    LOG.warn("{} of a task of {} refused: {}", type, partition.topicPartition(), e.toString());
                    refused.add(partition.topicPartition());
                }));
        return refused;
    }

    /** What is still held goes to others. Takes its time even if the thread was interrupted, or that would not be said. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(GOODBYE);
        } catch (RuntimeException e) {
            LOG.warn("the consumer of tasks closed badly: {}", e.toString());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A consumer that has lost track of its records says so by the wrong exception. A new one has not. */
    private static <T> T call(Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalStateException e) {
            throw new KafkaException("the consumer of tasks lost track of them: " + e.getMessage(), e);
        }
    }
}
