package io.longtake.worker;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that is ours for a while. The broker takes it back when the lock runs out, so it is renewed while the work
 * goes on; when the renewal is refused, somebody else has the task and our work is dropped.
 *
 * @param record the task's record
 * @param work what is being done about it
 */
record Lease(ConsumerRecord<String, byte[]> record, CompletableFuture<TaskOutcome> work) {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    boolean covers(ConsumerRecord<String, byte[]> other) {
        return record.topic().equals(other.topic())
                && record.partition() == other.partition()
                && record.offset() == other.offset();
    }

    /**
     * Renews the lock. The acknowledgement must be committed before the next poll, or that poll would acquire another
     * task for this busy worker.
     *
     * @param renewed the record as the last poll returned it
     * @return whether the task is still ours
     */
    static boolean renew(ShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> renewed) {
        return acknowledge(consumer, renewed, AcknowledgeType.RENEW);
    }

    /** Ends the lease: ACCEPT when done, RELEASE for another try, REJECT for poison. */
    static boolean acknowledge(
            ShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
        consumer.acknowledge(record, type);
        // commitSync throws no error of a partition: they are in the map
        Optional<?> error = consumer.commitSync().values().stream()
                .flatMap(Optional::stream)
                .findFirst();
        error.ifPresent(e ->
                LOG.warn("{} of {}-{}@{} refused: {}", type, record.topic(), record.partition(), record.offset(), e));
        return error.isEmpty();
    }
}
