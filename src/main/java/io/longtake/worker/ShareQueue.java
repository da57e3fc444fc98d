package io.longtake.worker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks of a share group: whoever asks next gets the next one, with a lock that is renewed while the work goes on. A task is
 * acknowledged after its result, for acknowledgements join no transaction.
 */
final class ShareQueue implements TaskQueue {

    private static final Logger LOG = LoggerFactory.getLogger(ShareQueue.class);
    /**
     * What a poll outlasts its fetch by. Hardly anything, because a poll whose fetch comes back empty sends no other before its time is
     * out. And not less, because what a fetch brings that nobody waits for is kept from all others.
     */
    private static final Duration MARGIN = Duration.ofMillis(10);

    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration GOODBYE = Duration.ofSeconds(3);
    private static final int DEFAULT_LOCK_MILLIS = 30_000;

    private record Place(TopicPartition partition, long offset) {

        static Place of(ConsumerRecord<String, byte[]> record) {
            return new Place(new TopicPartition(record.topic(), record.partition()), record.offset());
        }
    }

    private final ShareConsumer<String, byte[]> consumer;
    private final Duration poll;
    private final Consumer<ConsumerRecord<String, byte[]>> sendAgain;
    private final Map<Place, SharedTask> held = new HashMap<>();

    /**
     * @param fetch how long the broker keeps a fetch waiting for tasks
     * @param sendAgain puts a task into the queue as a new one
     */
    ShareQueue(
            ShareConsumer<String, byte[]> consumer,
            Duration fetch,
            Consumer<ConsumerRecord<String, byte[]>> sendAgain) {
        this.consumer = consumer;
        this.poll = fetch.plus(MARGIN);
        this.sendAgain = sendAgain;
    }

    @Override
    public Duration patience() {
        return Duration.ofMillis(
                ConsumerCalls.call(consumer::acquisitionLockTimeoutMs).orElse(DEFAULT_LOCK_MILLIS) / 3);
    }

    /** What was renewed comes back from the poll, and only then can be acknowledged. */
    @Override
    public List<TakenTask> poll(boolean wanted) {
        List<TakenTask> fresh = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : ConsumerCalls.call(() -> consumer.poll(poll))) {
            SharedTask known = held.get(Place.of(record));
            if (known == null) {
                SharedTask task = new SharedTask(record);
                held.put(Place.of(record), task);
                fresh.add(task);
            } else {
                known.broughtBack(record);
            }
        }
        return fresh;
    }

    /**
     * Renews locks, all in one request, for each may have to wait for a fetch that is under way. The acknowledgement must be
     * committed before the next poll, or that poll would acquire other tasks for this busy worker.
     */
    @Override
    public int keep(List<? extends TakenTask> tasks) {
        List<SharedTask> inHand = tasks.stream()
                .map(SharedTask.class::cast)
                .filter(SharedTask::isInHand)
                .toList();
        if (inHand.isEmpty()) {
            return 0;
        }
        Set<TopicPartition> refused = ConsumerCalls.call(() -> {
            inHand.forEach(task -> consumer.acknowledge(task.record(), AcknowledgeType.RENEW));
            return commit(AcknowledgeType.RENEW);
        });
        int renewed = 0;
        for (SharedTask task : inHand) {
            Place place = Place.of(task.record());
            // If Kafka refuses one of a partition, it does not say which: all of them are given up.
            if (refused.contains(place.partition())) {
                held.remove(place);
                task.lose();
            } else {
                task.sentAway();
                renewed++;
            }
        }
        return renewed;
    }

    @Override
    public void done(TakenTask task) {
        acknowledge(task, AcknowledgeType.ACCEPT);
    }

    @Override
    public void again(TakenTask task) {
        acknowledge(task, AcknowledgeType.RELEASE);
    }

    /**
     * It keeps its place in the queue the first time. Later it is sent anew, because deliveries are counted, and a task that many
     * workers had to leave would be taken for one that none can do.
     */
    @Override
    public void untouched(TakenTask task) {
        boolean anew = task.count() > 1 && isSentAgain(task.record());
        acknowledge(task, anew ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    }

    private boolean isSentAgain(ConsumerRecord<String, byte[]> record) {
        try {
            sendAgain.accept(record);
            return true;
        } catch (KafkaException e) {
            LOG.warn("{}@{} can not be sent anew, and is released: {}", record.topic(), record.offset(), e.toString());
            return false;
        }
    }

    private void acknowledge(TakenTask task, AcknowledgeType type) {
        held.remove(Place.of(task.record()));
        ConsumerCalls.run(() -> {
            consumer.acknowledge(task.record(), type);
            commit(type);
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

    @Override
    public void close() {
        ConsumerCalls.close(() -> consumer.close(GOODBYE));
    }
}
