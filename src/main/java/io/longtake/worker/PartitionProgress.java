package io.longtake.worker;

import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How far the tasks of a partition are while this worker has it, and how often those have been tried that are not done. The position
 * that is committed is that of the first task that is not done. For several threads: whoever publishes commits, too.
 */
final class PartitionProgress {

    private final TopicPartition partition;
    private final Tries before;
    /** Tasks that were handed out and are not done: how often they were tried, by offset. */
    private final SortedMap<Long, Integer> open = new TreeMap<>();
    /** Everything before it is done, or open. */
    private long next;

    private long committed;
    private boolean lost;

    /** @param last what is committed; null: nothing */
    PartitionProgress(TopicPartition partition, OffsetAndMetadata last) {
        this.partition = partition;
        this.before = last == null ? Tries.NONE : Tries.parse(last.metadata());
        this.next = last == null ? 0 : last.offset();
        this.committed = next;
    }

    TopicPartition partition() {
        return partition;
    }

    /**
     * Begins to do a task.
     *
     * @return how often that was, this time included; empty: it is done
     */
    synchronized Optional<Integer> begin(long offset) {
        if (offset < next && !open.containsKey(offset)) {
            return Optional.empty();
        }
        next = Math.max(next, offset + 1);
        return Optional.of(open.merge(offset, before.of(offset) + 1, (tried, first) -> tried + 1));
    }

    /** A try that does not count. */
    synchronized void untouched(long offset) {
        open.merge(offset, 0, (tried, none) -> tried - 1);
    }

    /** Where to go on after some tasks were given back. */
    synchronized long position() {
        return open.isEmpty() ? next : open.firstKey();
    }

    /** What is to be committed as things are. */
    synchronized OffsetAndMetadata state() {
        return committing(open);
    }

    /** A task is done. */
    synchronized void done(long offset) {
        open.remove(offset);
    }

    /** Whether tasks are done of which no commit tells. */
    synchronized boolean isAhead() {
        return !lost && position() > committed;
    }

    synchronized void committed(OffsetAndMetadata state) {
        committed = Math.max(committed, state.offset());
    }

    /**
     * Adds to a transaction that a task is done. Until this returns the partition cannot be lost; from then on its next owner waits
     * for the end of the transaction.
     *
     * @return what is committed with it
     */
    synchronized OffsetAndMetadata sign(long offset, Transaction transaction, ConsumerGroupMetadata member) {
        if (lost) {
            throw new LostTaskException(partition + "@" + offset);
        }
        SortedMap<Long, Integer> rest = new TreeMap<>(open);
        rest.remove(offset);
        OffsetAndMetadata state = committing(rest);
        transaction.commit(partition, state, member);
        return state;
    }

    private OffsetAndMetadata committing(SortedMap<Long, Integer> rest) {
        return new OffsetAndMetadata(rest.isEmpty() ? next : rest.firstKey(), new Tries(rest).toString());
    }

    /** The partition goes to another worker. */
    synchronized void lose() {
        lost = true;
    }

    synchronized boolean isLost() {
        return lost;
    }
}
