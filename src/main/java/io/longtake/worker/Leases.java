package io.longtake.worker;

import io.longtake.stage.StageCancelledException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tasks that the worker has taken, each with a lease of its own: acknowledged as soon as it is done, whatever the others
 * do. A passing fault gives a task back; on its last delivery it becomes a FAILED result, so that no film waits for ever.
 */
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final int DEFAULT_LOCK_MILLIS = 30_000;
    /** Kafka's default share.delivery.count.limit: after the fifth delivery nobody gets the task again. */
    private static final int LAST_DELIVERY = 5;

    private final ShareConsumer<String, byte[]> tasks;
    private final Publisher publisher;
    private final WorkerMeters meters;
    private final List<Lease> held = new ArrayList<>();

    Leases(ShareConsumer<String, byte[]> tasks, Publisher publisher, WorkerMeters meters) {
        this.tasks = tasks;
        this.publisher = publisher;
        this.meters = meters;
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
     * @throws KafkaException where the worker can no longer publish
     */
    void attend() throws InterruptedException {
        int lock = tasks.acquisitionLockTimeoutMs().orElse(DEFAULT_LOCK_MILLIS);
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(lock / 3);
        settle();
        // Whoever did not come back is polled for at once, and a poll wants nothing to be in hand.
        while (!held.isEmpty() && held.stream().allMatch(Lease::here)) {
            try {
                CompletableFuture.anyOf(held.stream()
                                .map(lease -> lease.work().outcome())
                                .toArray(CompletableFuture[]::new))
                        .get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                settle();
            } catch (ExecutionException e) {
                settle();
            } catch (TimeoutException e) {
                break;
            }
        }
        renew();
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
            Lease.acknowledge(tasks, lease.record(), AcknowledgeType.ACCEPT);
        } catch (ExecutionException e) {
            fail(lease, e.getCause());
        }
    }

    private void renew() {
        List<Lease> inHand = held.stream().filter(Lease::here).toList();
        if (inHand.isEmpty()) {
            return;
        }
        held.removeAll(inHand);
        List<Lease> renewed = Lease.renew(tasks, inHand);
        held.addAll(renewed);
        renewed.forEach(lease -> meters.renewed());
        inHand.stream()
                .map(Lease::work)
                .filter(work -> renewed.stream().noneMatch(lease -> lease.work() == work))
                .forEach(work -> work.outcome().cancel(true));
    }

    private void fail(Lease lease, Throwable cause) {
        ConsumerRecord<String, byte[]> record = lease.record();
        int delivery = record.deliveryCount().orElse((short) 1);
        if (cause instanceof KafkaException broken) {
            // a transactional producer that fails stays broken: this worker goes down, the task goes to another
            Lease.acknowledge(tasks, record, AcknowledgeType.RELEASE);
            throw broken;
        }
        if (cause instanceof StageCancelledException || delivery < LAST_DELIVERY) {
            LOG.warn("gives back {}@{} (delivery {}): {}", record.topic(), record.offset(), delivery, cause.toString());
            Lease.acknowledge(tasks, record, AcknowledgeType.RELEASE);
            meters.givenBack();
            return;
        }
        String reason = "gave up after %d deliveries: %s".formatted(delivery, cause.getMessage());
        publisher.publish(lease.work().task(), new TaskOutcome.Impossible(reason));
        Lease.acknowledge(tasks, record, AcknowledgeType.ACCEPT);
    }
}
