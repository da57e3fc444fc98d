package io.longtake.worker;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

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

    boolean covers(ConsumerRecord<String, byte[]> other) {
        return record.topic().equals(other.topic())
                && record.partition() == other.partition()
                && record.offset() == other.offset();
    }

    /** The same, its record on the way back from the renewal. */
    Lease renewed() {
        return new Lease(record, work, false);
    }

    /** The same, its record back from the renewal. */
    Lease broughtBack(ConsumerRecord<String, byte[]> renewed) {
        return new Lease(renewed, work, true);
    }

    TopicPartition partition() {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** How often a task was handed out, this time included. */
    static int delivery(ConsumerRecord<String, byte[]> record) {
        return record.deliveryCount().orElse((short) 1);
    }
}
