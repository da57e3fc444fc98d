package io.longtake.worker;

import io.longtake.event.LastingFault;
import io.longtake.event.NewerRecordException;
import io.longtake.event.OversizedRecordException;
import io.longtake.event.Reason;
import io.longtake.meter.OddRecords;
import io.longtake.stage.StageCancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that the worker has taken, each with a lease of its own: acknowledged as soon as it is done, whatever the others
 * do. A passing fault gives a task back; on its last delivery it becomes a FAILED result, so that no video waits for ever.
 */
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final TaskQueue queue;
    private final Publisher publisher;
    private final WorkerMeters meters;
    private final OddRecords odd;
    private final int lastDelivery;
    private final CompletableFuture<Void> lastCall;
    private final List<Lease> held = new ArrayList<>();

    /**
     * @param odd tasks that are newer than this worker
     * @param lastDelivery after which nobody gets a task again
     * @param lastCall completed once a worker that stops waits no longer for what it has begun
     */
    Leases(
            TaskQueue queue,
            Publisher publisher,
            WorkerMeters meters,
            OddRecords odd,
            int lastDelivery,
            CompletableFuture<Void> lastCall) {
        this.queue = queue;
        this.publisher = publisher;
        this.meters = meters;
        this.odd = odd;
        this.lastDelivery = lastDelivery;
        this.lastCall = lastCall;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    void add(ConsumerRecord<String, byte[]> record, Work work) {
        held.add(new Lease(record, work, true));
    }

    /** Whether a record is one of these, back from its renewal; then it is the one to be acknowledged. */
    boolean takeBack(ConsumerRecord<String, byte[]> record) {
        for (int i = 0; i < held.size(); i++) {
            if (held.get(i).covers(record)) {
                held.set(i, held.get(i).broughtBack(record));
                return true;
            }
        }
        return false;
    }

    /**
     * Acknowledges what is done, until all is, or until the rest must be renewed; that is then to be polled for.
     *
     * @throws KafkaException if Kafka does not answer, or lets this worker do its work no longer
     */
    void attend() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(queue.lockMillis() / 3);
        settle();
        // Whoever did not come back is polled for at once, and a poll wants nothing to be in hand.
        while (!held.isEmpty() && held.stream().allMatch(Lease::here)) {
            try {
                CompletableFuture.anyOf(awaited()).get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (ExecutionException e) {
                // of a task: settled below
            } catch (TimeoutException e) {
                break;
            }
            if (lastCall.isDone()) {
                held.forEach(lease -> lease.work().outcome().completeExceptionally(new StageCancelledException()));
            }
            settle();
        }
        renew();
    }

    private CompletableFuture<?>[] awaited() {
        Stream<CompletableFuture<?>> outcomes =
                held.stream().map(lease -> lease.work().outcome());
        return Stream.concat(outcomes, Stream.of(lastCall)).toArray(CompletableFuture[]::new);
    }

    /** The connection is gone, and with it the leases: the work is dropped. */
    void drop() {
        held.forEach(lease -> lease.work().outcome().cancel(true));
        held.clear();
    }

    /**
     * Gives back a task that is none the worse for it: what stands against it is not its own fault. It keeps its place in the
     * queue the first time. Later it is sent anew, because deliveries are counted, and a task that many workers had to leave
     * would be taken for one that none can do.
     */
    void giveBack(ConsumerRecord<String, byte[]> record, String because) {
        int delivery = Lease.delivery(record);
        LOG.info("gives back {}@{} (delivery {}) because {}", record.topic(), record.offset(), delivery, because);
        boolean anew = delivery > 1 && sentAgain(record);
        queue.acknowledge(record, anew ? AcknowledgeType.ACCEPT : AcknowledgeType.RELEASE);
    }

    /**
     * Puts a task aside that a later version has to do. It is done with here, so its deliveries do not add up.
     *
     * @return whether it was; not if it is too large for that
     */
    boolean park(ConsumerRecord<String, byte[]> record, NewerRecordException newer) {
        try {
            publisher.park(record, newer);
        } catch (OversizedRecordException e) {
            LOG.warn("{}@{} can not be parked: {}", record.topic(), record.offset(), e.getMessage());
            return false;
        }
        odd.parked(record.topic(), record.partition(), record.offset(), newer.fingerprint());
        queue.acknowledge(record, AcknowledgeType.ACCEPT);
        return true;
    }

    private boolean sentAgain(ConsumerRecord<String, byte[]> record) {
        try {
            publisher.sendAgain(record);
            return true;
        } catch (KafkaException e) {
            LOG.warn("{}@{} can not be sent anew, and is released: {}", record.topic(), record.offset(), e.toString());
            return false;
        }
    }

    private void settle() throws InterruptedException {
        for (Lease lease : List.copyOf(held)) {
            if (lease.here() && lease.work().isOver()) {
                held.remove(lease);
                settle(lease);
            }
        }
    }

    private void settle(Lease lease) throws InterruptedException {
        try {
            lease.work().outcome().get();
            queue.acknowledge(lease.record(), AcknowledgeType.ACCEPT);
        } catch (ExecutionException e) {
            fail(lease, e.getCause());
        }
    }

    private void renew() {
        List<Lease> inHand = held.stream().filter(Lease::here).toList();
        if (inHand.isEmpty()) {
            return;
        }
        Set<TopicPartition> refused =
                queue.renew(inHand.stream().map(Lease::record).toList());
        // If Kafka refuses one of a partition, it does not say which: all of them are given up.
        held.removeAll(inHand);
        for (Lease lease : inHand) {
            if (refused.contains(lease.partition())) {
                lease.work().outcome().cancel(true);
            } else {
                held.add(lease.renewed());
                meters.renewed();
            }
        }
    }

    private void fail(Lease lease, Throwable cause) {
        ConsumerRecord<String, byte[]> record = lease.record();
        int delivery = Lease.delivery(record);
        if (cause instanceof NewerRecordException newer && park(record, newer)) {
            meters.parked(lease.work().task());
        } else if (cause instanceof StageCancelledException) {
            // whose video has ended is published as unwanted, and whose lease is lost is not held: it is the worker
            giveBack(record, "this worker stops");
            meters.givenBack(lease.work().task());
        } else if (delivery < lastDelivery) {
            LOG.warn(
                    "gives back {}@{} (delivery {} of {}): {}",
                    record.topic(),
                    record.offset(),
                    delivery,
                    lastDelivery,
                    Reason.cut(cause.toString()));
            queue.acknowledge(record, AcknowledgeType.RELEASE);
            meters.givenBack(lease.work().task());
        } else {
            String reason = "gave up after %d deliveries: %s".formatted(delivery, Reason.of(cause));
            publisher.publish(lease.work(), new TaskOutcome.Impossible(reason));
            queue.acknowledge(record, AcknowledgeType.ACCEPT);
        }
        if (cause instanceof KafkaException broken && LastingFault.isIn(cause)) {
            throw broken;
        }
    }
}
