package io.longtake.worker;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.DeadLetter;
import io.longtake.event.DeadLetters;
import io.longtake.event.LastingFault;
import io.longtake.event.NewerRecordException;
import io.longtake.event.Reason;
import io.longtake.event.RecordDecoder;
import io.longtake.event.RecordTime;
import io.longtake.event.StageTask;
import io.longtake.meter.OddRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes tasks of one stage as long as its worker wants any, over as many connections as that takes: a fault that may pass ends a
 * connection, never the loop. The tasks of that connection are dropped, and come again to whoever asks for them.
 */
final class TaskLoop {

    private static final Logger LOG = LoggerFactory.getLogger(TaskLoop.class);

    private final Supplier<TaskQueue> queues;
    private final Function<TaskQueue, Leases> leases;
    private final Publisher publisher;
    private final OddRecords odd;
    private final RecordDecoder decoder;
    private final Slots slots;
    private final Consumer<List<Work>> compute;
    private final BooleanSupplier takesTasks;
    /** Between connections. */
    private final Pause pause = new Pause();

    private volatile boolean connected;

    /**
     * @param queues connects
     * @param leases of a connection
     * @param odd tasks that nobody can use
     * @param decoder of tasks
     * @param slots of the worker: it asks for tasks while one is free
     * @param compute does tasks, and does not keep the caller waiting for that
     * @param takesTasks whether the worker wants any
     */
    TaskLoop(
            Supplier<TaskQueue> queues,
            Function<TaskQueue, Leases> leases,
            Publisher publisher,
            OddRecords odd,
            RecordDecoder decoder,
            Slots slots,
            Consumer<List<Work>> compute,
            BooleanSupplier takesTasks) {
        this.queues = queues;
        this.leases = leases;
        this.publisher = publisher;
        this.odd = odd;
        this.decoder = decoder;
        this.slots = slots;
        this.compute = compute;
        this.takesTasks = takesTasks;
    }

    /** Whether its connection is a good one, as far as it knows. */
    boolean isConnected() {
        return connected;
    }

    /** Whoever waits for a new connection need not: no more tasks are wanted. */
    void stop() {
        pause.end();
    }

    /**
     * Returns when no more tasks are wanted and none is held.
     *
     * @param first connection
     * @throws KafkaException if Kafka lets nobody in, or not with this worker's rights
     */
    void run(TaskQueue first) throws InterruptedException {
        boolean served = serves(() -> first);
        while (!served && takesTasks.getAsBoolean()) {
            served = serves(queues);
        }
    }

    private boolean serves(Supplier<TaskQueue> connection) throws InterruptedException {
        try {
            serve(connection.get());
            return true;
        } catch (KafkaException e) {
            if (e instanceof InterruptException || LastingFault.isIn(e)) {
                throw e;
            }
            if (pause.isNewFault()) {
                LOG.warn("the connection to the tasks is lost, and what was taken; connects again: {}", e.toString());
            }
            pause.take();
            return false;
        }
    }

    private void serve(TaskQueue queue) throws InterruptedException {
        Leases held = leases.apply(queue);
        try {
            while (takesTasks.getAsBoolean() || !held.isEmpty()) {
                // not for ever: Kafka takes a consumer that never polls for a dead one
                boolean room = held.isEmpty() && slots.await(queue.patience());
                if (takesTasks.getAsBoolean() || !held.isEmpty()) {
                    take(queue, held, queue.poll(room && takesTasks.getAsBoolean()));
                    connected = true;
                    held.attend();
                }
            }
        } finally {
            connected = false;
            held.drop();
            queue.close();
        }
    }

    private void take(TaskQueue queue, Leases held, List<TakenTask> handedOut) {
        boolean stopping = !takesTasks.getAsBoolean();
        boolean free = held.isEmpty() && !stopping;
        List<Work> fresh = new ArrayList<>();
        for (TakenTask taken : handedOut) {
            if (free) {
                begin(queue, held, taken, fresh);
            } else {
                held.giveBack(taken, stopping ? "this worker stops" : "this worker is busy");
            }
        }
        if (!fresh.isEmpty()) {
            compute.accept(fresh);
        }
    }

    private void begin(TaskQueue queue, Leases held, TakenTask taken, List<Work> fresh) {
        ConsumerRecord<String, byte[]> record = taken.record();
        Work work;
        try {
            StageTask task = decoder.decode(record.value(), StageTask.class);
            TaskClaims.checkAddress(task);
            work = new Work(task, CarriedHeaders.of(record.headers()), taken.receipt());
        } catch (NewerRecordException e) {
            if (!held.park(taken, e)) {
                bury(queue, taken, e);
            }
            return;
        } catch (RuntimeException e) {
            bury(queue, taken, e);
            return;
        }
        if (held.isHopeless(taken)) {
            held.giveUp(taken, work, "none came to an end, perhaps because workers die of it");
        } else {
            held.add(taken, work);
            fresh.add(work);
        }
    }

    private void bury(TaskQueue queue, TakenTask taken, RuntimeException because) {
        ConsumerRecord<String, byte[]> record = taken.record();
        String reason = Reason.of(because);
        publisher.bury(letter(record, reason), CarriedHeaders.of(record.headers()), taken.receipt());
        odd.buried(record.topic(), record.partition(), record.offset(), reason);
        queue.done(taken);
    }

    private static DeadLetter letter(ConsumerRecord<String, byte[]> record, String reason) {
        DeadLetters.Place place = new DeadLetters.Place(record.topic(), record.partition(), record.offset());
        return DeadLetters.of(
                place,
                record.key(),
                record.value(),
                Instant.ofEpochMilli(RecordTime.of(record.timestamp(), System.currentTimeMillis())),
                reason);
    }
}
