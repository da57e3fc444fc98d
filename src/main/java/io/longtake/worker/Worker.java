package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.ProcessFault;
import io.longtake.event.Reason;
import io.longtake.event.RecordDecoder;
import io.longtake.event.StageTask;
import io.longtake.meter.OddRecords;
import io.longtake.payload.PayloadCache;
import io.longtake.payload.PayloadReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes a task, or as many as share a call, does them, publishes, acknowledges; then takes the next. The loop thread talks to
 * Kafka and keeps the leases; the compute thread runs the models. What passes is gone through; what does not is a
 * {@link #failure}, after which only another process helps.
 */
public final class Worker implements AutoCloseable {

    /** Whose the records are that workers park. */
    public static final String READER = "worker";

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long CACHE_BYTES = 32L << 20;
    private static final Duration BEFORE_PUBLISHING_AGAIN = Duration.ofMillis(500);
    /** For what is begun to come to its next denoising step, before it is given back anyway. */
    private static final Duration GRACE = Duration.ofSeconds(4);

    private static final Duration LOOP_ENDS = Duration.ofSeconds(6);
    private static final Duration LOOP_IS_INTERRUPTED = Duration.ofSeconds(4);
    private static final Duration COMPUTE_ENDS = Duration.ofSeconds(1);

    /** Why it does its work no longer. */
    private record Failure(String what, Throwable cause) {
        @Override
        public String toString() {
            return what + ": " + Reason.cut(cause.toString());
        }
    }

    private final WorkerSettings settings;
    private final KafkaConnection kafka;
    private final Models models;
    private final WorkerMeters meters;
    private final DeviceHealth health;
    private final EndedVideos ended;
    private final PayloadReader payloads;
    private final Transactions transactions;
    private final Publisher publisher;
    private final BatchRunner runner;
    private final TaskLoop tasks;
    private final ExecutorService compute;
    private final Pause pause = new Pause();
    private final CompletableFuture<Void> lastCall = new CompletableFuture<>();
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private volatile Thread loop;
    private volatile int lastDelivery;
    private volatile boolean warm;
    private volatile boolean stopping;

    private Worker(
            WorkerSettings settings,
            KafkaConnection kafka,
            WorkerClients clients,
            Models models,
            MeterRegistry registry,
            RecordDecoder decoder) {
        this.settings = settings;
        this.kafka = kafka;
        this.models = models;
        this.meters = new WorkerMeters(registry, settings.name(), settings.stages());
        this.health = new DeviceHealth(settings.batching().maximum());
        this.ended = EndedVideos.listen(clients::videos, new OddRecords("ended-videos", registry));
        // what this worker wrote last, it often reads next
        PayloadCache cache = new PayloadCache(CACHE_BYTES);
        this.payloads = new PayloadReader(kafka, cache, PayloadReader.DEADLINE, decoder);
        this.transactions = new Transactions(clients::results, cache, BEFORE_PUBLISHING_AGAIN);
        this.publisher = new Publisher(transactions, settings.name());
        this.runner = new BatchRunner(
                new TaskRunner(models, payloads), health, ended::contains, () -> !takesTasks(), this::publish);
        this.compute = Executors.newSingleThreadExecutor(work -> daemon(work, settings.name() + "-compute"));
        OddRecords odd = new OddRecords(READER, registry);
        this.tasks = new TaskLoop(
                () -> new TaskQueue(clients.tasks()),
                queue -> new Leases(queue, publisher, meters, odd, lastDelivery, lastCall),
                publisher,
                odd,
                decoder,
                group -> compute.execute(() -> run(group)),
                this::takesTasks,
                pause);
    }

    /**
     * Joins the workers of a platform whose topics exist, once its models are warm. Closing it closes the models.
     *
     * @param registry where it counts
     * @param decoder of tasks
     * @throws KafkaException if Kafka does not answer, or refuses; the models are the caller's then
     */
    public static Worker start(
            WorkerSettings settings,
            KafkaConnection kafka,
            Models models,
            MeterRegistry registry,
            RecordDecoder decoder) {
        return start(settings, kafka, new WorkerClients(kafka, settings), models, registry, decoder);
    }

    static Worker start(
            WorkerSettings settings,
            KafkaConnection kafka,
            WorkerClients clients,
            Models models,
            MeterRegistry registry,
            RecordDecoder decoder) {
        Worker worker = new Worker(settings, kafka, clients, models, registry, decoder);
        try {
            worker.transactions.open();
            TaskQueue first = new TaskQueue(clients.tasks());
            worker.loop = daemon(() -> worker.loop(first), settings.name());
            worker.loop.start();
            return worker;
        } catch (RuntimeException e) {
            worker.closeClients();
            worker.payloads.close();
            throw e;
        }
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether it takes tasks, and hears which it need not do: not before its models are warm, and no longer after a failure. */
    public boolean ready() {
        return warm && tasks.isConnected() && ended.listens() && takesTasks();
    }

    /**
     * Why it does its work no longer, and never will again. Empty while it does, or may after a while; what it could not get
     * over needs another process.
     */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get())
                .map(Failure::toString)
                .or(health::fault)
                .or(ended::failure);
    }

    private boolean takesTasks() {
        return !stopping
                && failure.get() == null
                && !health.isOutOfService()
                && ended.failure().isEmpty();
    }

    private void loop(TaskQueue first) {
        try (first) {
            lastDelivery = DeliveryLimit.of(kafka);
            models.warmUp();
            warm = true;
            LOG.info(
                    "worker {} takes tasks of {}, up to {} at once, each at most {} times",
                    settings.name(),
                    settings.stages(),
                    settings.batching().maximum(),
                    lastDelivery);
            tasks.run(first);
            failure().ifPresent(reason -> LOG.error("worker {} takes no more tasks: {}", settings.name(), reason));
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            fail("it takes no more tasks", e);
        } finally {
            if (!stopping && failure().isEmpty()) {
                fail("its loop was ended", new IllegalStateException("by somebody who did not close it"));
            }
        }
    }

    /** Whatever happens, no lease is kept for ever. */
    private void run(List<Work> group) {
        try {
            runner.run(group);
        } catch (Throwable e) {
            if (ProcessFault.isIn(e)) {
                fail("this process can not be relied on", e);
            }
            group.forEach(work -> work.outcome().completeExceptionally(e));
        }
    }

    private void fail(String what, Throwable cause) {
        if (failure.compareAndSet(null, new Failure(what, cause))) {
            LOG.error("worker {} has failed for good, {}", settings.name(), what, cause);
        }
    }

    private void publish(Work work, TaskOutcome outcome) {
        long start = System.nanoTime();
        publisher.publish(work, outcome);
        StageTask task = work.task();
        meters.ended(task, outcome);
        LOG.info(
                "{} of segment {} of {}: {}, published in {} ms",
                task.getStage(),
                task.getSegment(),
                task.getVideoId(),
                outcome,
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    /**
     * Stops at the next denoising step and gives the tasks back; takes some seconds at most, whatever Kafka and the models do.
     * What does not end by then is left to the end of the process.
     */
    @Override
    public void close() {
        stopping = true;
        pause.end();
        lastCall.completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        boolean idle = loopHasEnded();
        compute.shutdownNow();
        idle &= computeHasEnded();
        closeClients();
        if (idle) {
            payloads.close();
            models.close();
        } else {
            LOG.warn("worker {} is closed while its models are at work: they stay open", settings.name());
        }
    }

    private void closeClients() {
        ended.close();
        transactions.close();
    }

    private boolean loopHasEnded() {
        if (loop == null) {
            return true;
        }
        try {
            loop.join(LOOP_ENDS.toMillis());
            if (loop.isAlive()) {
                LOG.warn("worker {} does not come to its end, and is interrupted", settings.name());
                loop.interrupt();
                loop.join(LOOP_IS_INTERRUPTED.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !loop.isAlive();
    }

    private boolean computeHasEnded() {
        try {
            return compute.awaitTermination(COMPUTE_ENDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
