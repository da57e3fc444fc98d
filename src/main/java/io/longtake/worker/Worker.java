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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a task, or as many as share a call, does them, publishes, acknowledges; then takes the next. The loop thread talks to
 * Kafka and keeps the leases; the compute thread runs the models.
 */
public final class Worker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    /**
     * Short, because a poll whose first fetch comes back empty sends no other before its time is out: with 250 ms, a
     * quarter of a second was lost at two tasks of three, and the platform took 1.4 times as long as its stages.
     */
    private static final Duration POLL = Duration.ofMillis(15);

    private static final long CACHE_BYTES = 32L << 20;

    private final WorkerSettings settings;
    private final ShareConsumer<String, byte[]> tasks;
    private final Producer<String, byte[]> producer;
    private final PayloadReader payloads;
    private final EndedVideos ended;
    private final Models models;
    private final WorkerMeters meters;
    private final DeviceHealth health;
    private final BatchRunner runner;
    private final Publisher publisher;
    private final Leases leases;
    private final ExecutorService compute;
    private final Thread loop;
    private volatile boolean ready;
    private volatile boolean stopping;

    private Worker(WorkerSettings settings, KafkaConnection kafka, Models models) {
        this.settings = settings;
        this.tasks = WorkerClients.tasks(kafka, settings);
        this.producer = WorkerClients.results(kafka);
        // what this worker wrote last, it often reads next
        PayloadCache cache = new PayloadCache(CACHE_BYTES);
        this.payloads = new PayloadReader(kafka, cache, PayloadReader.DEADLINE);
        this.ended = EndedVideos.listen(kafka);
        this.models = models;
        this.meters = new WorkerMeters(settings.name());
        this.health = new DeviceHealth(settings.batching().maximum());
        this.runner = new BatchRunner(
                new TaskRunner(models, payloads), health, ended::contains, () -> stopping, this::publish);
        this.publisher = new Publisher(producer, new PayloadWriter(producer, cache), settings.name());
        this.leases = new Leases(tasks, publisher, meters);
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

    public java.util.Optional<String> failure() {
        return java.util.Optional.empty();
    }

    /** Whether it takes tasks: not before its models are warm, and no longer after a fault that it could not get over. */
    public boolean ready() {
        return ready && takesTasks();
    }

    private boolean takesTasks() {
        return !stopping && !health.isOutOfService();
    }

    private void loop() {
        try {
            models.warmUp();
            ready = true;
            LOG.info(
                    "worker {} takes tasks of {}, up to {} at once",
                    settings.name(),
                    settings.stages(),
                    settings.batching().maximum());
            while (takesTasks() || !leases.isEmpty()) {
                take(tasks.poll(POLL));
                leases.attend();
            }
        } catch (RuntimeException e) {
            LOG.error("worker {} stops: {}", settings.name(), e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ready = false;
            tasks.close(Duration.ofSeconds(5));
        }
    }

    /** Records are new tasks, or those in work coming back from their renewal; while there are such, nothing new is begun. */
    private void take(Iterable<ConsumerRecord<String, byte[]>> records) {
        boolean free = leases.isEmpty() && takesTasks();
        List<Work> fresh = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (free) {
                begin(record, fresh);
            } else if (!leases.takeBack(record)) {
                Lease.acknowledge(tasks, record, AcknowledgeType.RELEASE);
            }
        }
        for (List<Work> group : Company.groups(fresh, Work::task)) {
            compute.execute(() -> run(group));
        }
    }

    private void begin(ConsumerRecord<String, byte[]> record, List<Work> fresh) {
        try {
            Work work = new Work(Wire.decode(record.value(), StageTask.class));
            leases.add(record, work);
            fresh.add(work);
        } catch (UnreadableRecordException e) {
            DeadLetters.Place place = new DeadLetters.Place(record.topic(), record.partition(), record.offset());
            Instant at = Instant.ofEpochMilli(record.timestamp());
            publisher.bury(record.key(), DeadLetters.of(place, record.key(), record.value(), at, e.getMessage()));
            Lease.acknowledge(tasks, record, AcknowledgeType.REJECT);
        }
    }

    /** Whatever happens, no lease is kept for ever. */
    private void run(List<Work> group) {
        try {
            runner.run(group);
        } catch (Throwable e) {
            group.forEach(work -> work.outcome().completeExceptionally(e));
        }
    }

    private void publish(StageTask task, TaskOutcome outcome) {
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
    }

    /** Stops at the next denoising step and gives the tasks back. */
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
