package io.longtake.worker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that is ours for a while. The broker takes it back when the lock runs out, so it is renewed while the work
 * goes on; when the renewal is refused, somebody else has the task and our work is dropped.
 *
 * @param record the task's record, as the last poll returned it
 * @param work what is being done about it
 * @param here whether the record is in hand: it is not between its renewal and the poll that brings it back, and what is
 *     acknowledged then is lost
 */
record Lease(ConsumerRecord<String, byte[]> record, Work work, boolean here) {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    boolean covers(ConsumerRecord<String, byte[]> other) {
        return record.topic().equals(other.topic())
                && record.partition() == other.partition()
                && record.offset() == other.offset();
    }

    /** The same, its record back from the renewal. */
    Lease broughtBack(ConsumerRecord<String, byte[]> renewed) {
        return new Lease(renewed, work, true);
    }

    /**
     * Renews locks, all in one request, for each may have to wait for a fetch that is under way. The acknowledgement must be
     * committed before the next poll, or that poll would acquire other tasks for this busy worker.
     *
     * @return those that are still ours, their records on the way; where Kafka refuses one, all of its partition are given up
     */
    static List<Lease> renew(ShareConsumer<String, byte[]> consumer, List<Lease> leases) {
        leases.forEach(lease -> consumer.acknowledge(lease.record, AcknowledgeType.RENEW));
        Set<TopicPartition> refused = commit(consumer, AcknowledgeType.RENEW);
        return leases.stream()
                .filter(lease -> !refused.contains(new TopicPartition(lease.record.topic(), lease.record.partition())))
                .map(lease -> new Lease(lease.record, lease.work, false))
                .toList();
    }

    /** Ends a lease: ACCEPT when done, RELEASE for another try, REJECT for poison. */
    static void acknowledge(
            ShareConsumer<String, byte[]> consumer, ConsumerRecord<String, byte[]> record, AcknowledgeType type) {
        consumer.acknowledge(record, type);
        commit(consumer, type);
    }

    /** The partitions where it was refused: commitSync throws no error of a partition, they are in the map. */
    private static Set<TopicPartition> commit(ShareConsumer<String, byte[]> consumer, AcknowledgeType type) {
        Set<TopicPartition> refused = new HashSet<>();
        consumer.commitSync()
                .forEach((partition, error) -> error.ifPresent(e -> {
                    LOG.warn("{} of a task of {} refused: {}", type, partition.topicPartition(), e.toString());
                    refused.add(partition.topicPartition());
                }));
        return refused;
    }
}
