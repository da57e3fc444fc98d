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
import org.apache.kafka.clients.consumer.AcknowledgeType;
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
                if (held.isEmpty()) {
                    // not for ever: Kafka takes a consumer that never polls for a dead one
                    slots.await(queue.lockMillis() / 3);
                }
                if (takesTasks.getAsBoolean() || !held.isEmpty()) {
                    take(queue, held, queue.poll());
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

    /** Records are new tasks, or those in work coming back from their renewal; while there are such, nothing new is begun. */
    private void take(TaskQueue queue, Leases held, Iterable<ConsumerRecord<String, byte[]>> records) {
        boolean stopping = !takesTasks.getAsBoolean();
        boolean free = held.isEmpty() && !stopping;
        List<Work> fresh = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (free) {
                begin(queue, held, record, fresh);
            } else if (!held.takeBack(record)) {
                held.giveBack(record, stopping ? "this worker stops" : "this worker is busy");
            }
        }
        if (!fresh.isEmpty()) {
            compute.accept(fresh);
        }
    }

    private void begin(TaskQueue queue, Leases held, ConsumerRecord<String, byte[]> record, List<Work> fresh) {
        Work work;
        try {
            StageTask task = decoder.decode(record.value(), StageTask.class);
            TaskClaims.checkAddress(task);
            work = new Work(task, CarriedHeaders.of(record.headers()));
        } catch (NewerRecordException e) {
            if (!held.park(record, e)) {
                bury(queue, record, e);
            }
            return;
        } catch (RuntimeException e) {
            bury(queue, record, e);
            return;
        }
        held.add(record, work);
        fresh.add(work);
    }

    private void bury(TaskQueue queue, ConsumerRecord<String, byte[]> record, RuntimeException because) {
        String reason = Reason.of(because);
        publisher.bury(letter(record, reason), CarriedHeaders.of(record.headers()));
        odd.buried(record.topic(), record.partition(), record.offset(), reason);
        queue.acknowledge(record, AcknowledgeType.REJECT);
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
