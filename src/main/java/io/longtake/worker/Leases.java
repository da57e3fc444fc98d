package io.longtake.worker;

import io.longtake.event.LastingFault;
import io.longtake.event.NewerRecordException;
import io.longtake.event.OversizedRecordException;
import io.longtake.event.Reason;
import io.longtake.meter.OddRecords;
import io.longtake.stage.StageCancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that the worker has taken, each with a lease of its own: the queue is told as soon as one is done, whatever the others
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

    void add(TakenTask taken, Work work) {
        held.add(new Lease(taken, work));
    }

    /**
     * Tells the queue what is done, until all is, or until it wants to be polled again.
     *
     * @throws KafkaException if Kafka does not answer, or lets this worker do its work no longer
     */
    void attend() throws InterruptedException {
        long end = System.nanoTime() + queue.patience().toNanos();
        settle();
        // Whoever did not come back is polled for at once, and a poll wants nothing to be in hand.
        while (!held.isEmpty() && held.stream().allMatch(lease -> lease.taken().isInHand())) {
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
        int renewed = queue.keep(held.stream().map(Lease::taken).toList());
        for (int i = 0; i < renewed; i++) {
            meters.renewed();
        }
        dropLost();
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

    /** Gives back a task that is none the worse for it: what stands against it is not its own fault. */
    void giveBack(TakenTask taken, String because) {
        LOG.info("gives back {} because {}", shown(taken), because);
        queue.untouched(taken);
    }

    /** Whether every try of a task ended without an answer, so that it had better not be tried again: perhaps its workers died of it. */
    boolean isHopeless(TakenTask taken) {
        return taken.count() > lastDelivery;
    }

    /** Says that nobody can do a task. */
    void giveUp(TakenTask taken, Work work, String reason) {
        String why = String.format(
                Locale.ROOT, "gave up after %d deliveries: %s", Math.min(taken.count(), lastDelivery), reason);
        publisher.publish(work, new TaskOutcome.Impossible(why));
        queue.done(taken);
    }

    /**
     * Puts a task aside that a later version has to do. It is done with here, so its deliveries do not add up.
     *
     * @return whether it was; not if it is too large for that
     */
    boolean park(TakenTask taken, NewerRecordException newer) {
        ConsumerRecord<String, byte[]> record = taken.record();
        try {
            publisher.park(taken, newer);
        } catch (OversizedRecordException e) {
            LOG.warn("{}@{} can not be parked: {}", record.topic(), record.offset(), e.getMessage());
            return false;
        }
        odd.parked(record.topic(), record.partition(), record.offset(), newer.fingerprint());
        queue.done(taken);
        return true;
    }

    private void settle() throws InterruptedException {
        dropLost();
        for (Lease lease : List.copyOf(held)) {
            if (lease.isDue()) {
                held.remove(lease);
                settle(lease);
            }
        }
    }

    private void dropLost() {
        for (Lease lease : List.copyOf(held)) {
            if (lease.taken().isLost()) {
                LOG.info("drops {}: another worker has it", shown(lease.taken()));
                lease.work().outcome().cancel(true);
                held.remove(lease);
            }
        }
    }

    private void settle(Lease lease) throws InterruptedException {
        try {
            lease.work().outcome().get();
            queue.done(lease.taken());
        } catch (ExecutionException e) {
            fail(lease.taken(), lease.work(), e.getCause());
        }
    }

    private void fail(TakenTask taken, Work work, Throwable cause) {
        if (cause instanceof NewerRecordException newer && park(taken, newer)) {
            meters.parked(work.task());
        } else if (cause instanceof StageCancelledException) {
            // whose video has ended is published as unwanted, and whose lease is lost is not held: it is the worker
            giveBack(taken, "this worker stops");
            meters.givenBack(work.task());
        } else if (taken.count() < lastDelivery) {
            LOG.warn("gives back {} of {}: {}", shown(taken), lastDelivery, Reason.cut(cause.toString()));
            queue.again(taken);
            meters.givenBack(work.task());
        } else {
            giveUp(taken, work, Reason.of(cause));
        }
        if (cause instanceof KafkaException broken && LastingFault.isIn(cause)) {
            throw broken;
        }
    }

    private static String shown(TakenTask taken) {
        ConsumerRecord<String, byte[]> record = taken.record();
        return String.format(
                Locale.ROOT,
                "%s-%d@%d (delivery %d)",
                record.topic(),
                record.partition(),
                record.offset(),
                taken.count());
    }
}
