package io.longtake.worker;

import io.longtake.event.DeadLetters;
import io.longtake.event.KafkaConnection;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.Wire;
import io.longtake.payload.PayloadCache;
import io.longtake.payload.PayloadReader;
import io.longtake.payload.PayloadWriter;
import io.longtake.stage.StageCancelledException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one task at a time, does it, publishes, acknowledges. The loop thread talks to Kafka and keeps the lease; the
 * compute thread runs the model. A passing fault gives the task back; on its last delivery it becomes a FAILED result,
 * so that no film waits for ever.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    /**
     * Short, because a poll whose first fetch comes back empty sends no other before its time is out: with 250 ms, a
     * quarter of a second was lost at two tasks of three, and the platform took 1.4 times as long as its stages.
     */
    private static final Duration POLL = Duration.ofMillis(15);

    private static final int DEFAULT_LOCK_MILLIS = 30_000;
    private static final long CACHE_BYTES = 32L << 20;
    /** Kafka's default share.delivery.count.limit: after the fifth delivery nobody gets the task again. */
    private static final int LAST_DELIVERY = 5;

    private final WorkerSettings settings;
    private final ShareConsumer<String, byte[]> tasks;
    private final Producer<String, byte[]> producer;
    private final PayloadReader payloads;
    private final EndedVideos ended;
    private final Models models;
    private final WorkerMeters meters;
    private final TaskRunner runner;
    private final Publisher publisher;
    private final ExecutorService compute;
    private final Thread loop;
    private volatile boolean ready;
    private volatile boolean stopping;
    private Lease current;

    private Worker(WorkerSettings settings, KafkaConnection kafka, Models models) {
        this.settings = settings;
        this.tasks = WorkerClients.tasks(kafka, settings.name());
        this.producer = WorkerClients.results(kafka);
        // what this worker wrote last, it often reads next
        PayloadCache cache = new PayloadCache(CACHE_BYTES);
        this.payloads = new PayloadReader(kafka, cache, PayloadReader.DEADLINE);
        this.ended = EndedVideos.listen(kafka);
        this.models = models;
        this.meters = new WorkerMeters(settings.name());
        this.runner = new TaskRunner(models, payloads, ended);
        this.publisher = new Publisher(producer, new PayloadWriter(producer, cache), settings.name());
        this.compute = Executors.newSingleThreadExecutor(work -> new Thread(work, settings.name() + "-compute"));
        this.loop = new Thread(this::loop, settings.name());
    }

    /** Joins the workers of a platform whose topics exist, once its models are warm. Closing it closes the models. */
    public static Worker start(WorkerSettings settings, KafkaConnection kafka, Models models) {
        Worker worker = new Worker(settings, kafka, models);
        worker.producer.initTransactions();
        worker.tasks.subscribe(settings.stages().stream()
                .map(stage -> Topic.ofTasks(stage).topicName())
                .toList());
        worker.loop.start();
        return worker;
    }

    /** Whether it takes tasks: not before its models are warm, and no longer after a fault that it could not get over. */
    public boolean ready() {
        return ready;
    }

    private void loop() {
        try {
            models.warmUp();
            ready = true;
            LOG.info("worker {} takes tasks of {}", settings.name(), settings.stages());
            while (!stopping) {
                for (ConsumerRecord<String, byte[]> record : tasks.poll(POLL)) {
                    attend(record);
                }
            }
        } catch (RuntimeException e) {
            LOG.error("worker {} stops: {}", settings.name(), e.getMessage(), e);
        } finally {
            ready = false;
            tasks.close(Duration.ofSeconds(5));
        }
    }

    /** A record is a new task, or the current one coming back from its renewal. */
    private void attend(ConsumerRecord<String, byte[]> record) {
        if (current == null) {
            begin(record);
        }
        if (current != null && !current.covers(record)) {
            Lease.acknowledge(tasks, record, AcknowledgeType.RELEASE);
            return;
        }
        if (current != null) {
            await(record);
        }
    }

    private void begin(ConsumerRecord<String, byte[]> record) {
        try {
            StageTask task = Wire.decode(record.value(), StageTask.class);
            current = new Lease(
                    record,
                    CompletableFuture.supplyAsync(() -> runner.run(task, () -> stopping), compute)
                            .thenApplyAsync(outcome -> publish(task, outcome), compute));
        } catch (UnreadableRecordException e) {
            DeadLetters.Place place = new DeadLetters.Place(record.topic(), record.partition(), record.offset());
            Instant at = Instant.ofEpochMilli(record.timestamp());
            publisher.bury(record.key(), DeadLetters.of(place, record.key(), record.value(), at, e.getMessage()));
            Lease.acknowledge(tasks, record, AcknowledgeType.REJECT);
        }
    }

    private TaskOutcome publish(StageTask task, TaskOutcome outcome) {
        long start = System.nanoTime();
        publisher.publish(task, outcome);
        meters.ended(task, outcome);
        LOG.info(
                "{} of segment {} of {}: {}, published in {} ms",
                task.getStage(),
                task.getSegment(),
                task.getVideoId(),
                outcome,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
        return outcome;
    }

    private void await(ConsumerRecord<String, byte[]> record) {
        try {
            current.work().get(tasks.acquisitionLockTimeoutMs().orElse(DEFAULT_LOCK_MILLIS) / 3, TimeUnit.MILLISECONDS);
            current = null;
            Lease.acknowledge(tasks, record, AcknowledgeType.ACCEPT);
        } catch (TimeoutException e) {
            if (Lease.renew(tasks, record)) {
                meters.renewed();
            } else {
                current.work().cancel(true);
                current = null;
            }
        } catch (ExecutionException e) {
            current = null;
            fail(record, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
        }
    }

    private void fail(ConsumerRecord<String, byte[]> record, Throwable cause) {
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
        StageTask task = Wire.decode(record.value(), StageTask.class);
        String reason = "gave up after %d deliveries: %s".formatted(delivery, cause.getMessage());
        publisher.publish(task, new TaskOutcome.Impossible(reason));
        Lease.acknowledge(tasks, record, AcknowledgeType.ACCEPT);
    }

    /** Stops at the next denoising step and gives the task back. */
    @Override
    public void close() {
        stopping = true;
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        compute.shutdownNow();
        ended.close();
        payloads.close();
        producer.close(Duration.ofSeconds(5));
        models.close();
    }
}
