package io.longtake.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of a consumer group: each is for the worker that has its partition. While some are held all partitions are paused, and the
 * consumer is polled on, so that Kafka never takes it for a dead one. The position after a task is committed in the transaction of its
 * result. How often a task was tried stands beside the position, before the try begins.
 */
final class GroupQueue implements TaskQueue {

    private static final Logger LOG = LoggerFactory.getLogger(GroupQueue.class);
    /** Partitions that go to others are noticed so late, and a group that is being divided anew waits so long for this worker. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration GLANCE = Duration.ofMillis(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final Consumer<String, byte[]> consumer;
    private final Duration poll;
    private final Map<TopicPartition, PartitionProgress> owned = new HashMap<>();
    private volatile ConsumerGroupMetadata member;
    private boolean wanted;

    /** @param poll how long a poll waits for tasks */
    GroupQueue(Consumer<String, byte[]> consumer, String topic, Duration poll) {
        this.consumer = consumer;
        this.poll = poll;
        consumer.subscribe(List.of(topic), new Rebalance());
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public List<TakenTask> poll(boolean wanted) {
        return ConsumerCalls.call(() -> {
            this.wanted = wanted;
            pauseUnlessWanted(consumer.assignment());
            ConsumerRecords<String, byte[]> records = consumer.poll(wanted ? poll : GLANCE);
            member = consumer.groupMetadata();
            return wanted ? begin(records) : refuse(records);
        });
    }

    private void pauseUnlessWanted(Collection<TopicPartition> partitions) {
        if (wanted) {
            consumer.resume(partitions);
        } else {
            consumer.pause(partitions);
        }
    }

    private List<TakenTask> refuse(ConsumerRecords<String, byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            consumer.seek(partition, records.records(partition).get(0).offset());
        }
        return List.of();
    }

    private List<TakenTask> begin(ConsumerRecords<String, byte[]> records) {
        List<TakenTask> tasks = new ArrayList<>();
        for (TopicPartition partition : records.partitions()) {
            PartitionProgress progress = owned.computeIfAbsent(partition, this::found);
            for (ConsumerRecord<String, byte[]> record : records.records(partition)) {
                progress.begin(record.offset())
                        .ifPresent(count -> tasks.add(new OwnedTask(record, count, progress, () -> member)));
            }
        }
        commit(records.partitions().stream().map(owned::get).toList());
        return tasks;
    }

    private PartitionProgress found(TopicPartition partition) {
        return new PartitionProgress(
                partition, consumer.committed(Set.of(partition), ANSWER).get(partition));
    }

    /** Writes down where some partitions are, and what was tried. In the middle of a rebalance Kafka takes it at the next time. */
    private void commit(List<PartitionProgress> partitions) {
        Map<TopicPartition, OffsetAndMetadata> states = new LinkedHashMap<>();
        partitions.forEach(progress -> states.put(progress.partition(), progress.state()));
        if (states.isEmpty()) {
            return;
        }
        try {
            ConsumerCalls.run(() -> consumer.commitSync(states, ANSWER));
            partitions.forEach(progress -> progress.committed(states.get(progress.partition())));
        } catch (RebalanceInProgressException e) {
            LOG.debug("{} are not written down", states, e);
        }
    }

    /** Being polled is enough. */
    @Override
    public int keep(List<? extends TakenTask> held) {
        return 0;
    }

    /** Most often that is committed with its result. */
    @Override
    public void done(TakenTask task) {
        PartitionProgress progress = ((OwnedTask) task).partition();
        progress.done(task.record().offset());
        if (progress.isAhead()) {
            commit(List.of(progress));
        }
    }

    @Override
    public void again(TakenTask task) {
        goBack(((OwnedTask) task).partition());
    }

    @Override
    public void untouched(TakenTask task) {
        PartitionProgress progress = ((OwnedTask) task).partition();
        progress.untouched(task.record().offset());
        goBack(progress);
        commit(List.of(progress));
    }

    private void goBack(PartitionProgress progress) {
        ConsumerCalls.run(() -> consumer.seek(progress.partition(), progress.position()));
    }

    /** Nobody has to wait for the end of a session: the group is told. */
    @Override
    public void close() {
        owned.values().forEach(PartitionProgress::lose);
        ConsumerCalls.close(() -> consumer.close(CloseOptions.timeout(GOODBYE)));
    }

    /** Happens in polls. */
    private final class Rebalance implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            pauseUnlessWanted(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                PartitionProgress gone = owned.remove(partition);
                if (gone != null) {
                    gone.lose();
                }
            }
        }
    }
}
