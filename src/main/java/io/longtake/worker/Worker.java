package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.ProcessFault;
import io.longtake.event.Reason;
import io.longtake.event.RecordDecoder;
import io.longtake.event.StageTask;
import io.longtake.meter.OddRecords;
import io.longtake.payload.PayloadCache;
import io.longtake.payload.PayloadReader;
import io.longtake.payload.PayloadReaders;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
 * Takes tasks, does them, publishes, acknowledges; then takes the next. Each stage has a connection of its own to its tasks, with a
 * thread that talks to Kafka and keeps the leases of what it has taken: a task, or as many as share a call. Each slot has a thread that
 * fetches inputs, runs the models and publishes, so that the device computes while other tasks come and go. What passes is gone
 * through; what does not is a {@link #failure}, after which only another process helps.
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
    private final PayloadReaders payloads;
    private final Transactions transactions;
    private final Publisher publisher;
    private final BatchRunner runner;
    private final Map<String, TaskLoop> tasks = new TreeMap<>();
    private final Slots slots;
    private final ExecutorService compute;
    private final CompletableFuture<Void> lastCall = new CompletableFuture<>();
    private final AtomicReference<Failure> failure = new AtomicReference<>();
    private final List<Thread> loops = new ArrayList<>();
    private volatile int lastDelivery;
    private volatile boolean warm;
    private volatile boolean draining;
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
        this.payloads = new PayloadReaders(kafka, cache, PayloadReader.DEADLINE, decoder);
        this.transactions = new Transactions(clients::results, cache, BEFORE_PUBLISHING_AGAIN);
        this.publisher = new Publisher(transactions, settings);
        this.runner = new BatchRunner(
                new TaskRunner(models, payloads), health, ended::contains, this::mustStop, this::publish);
        this.slots = new Slots(settings.slots());
        this.compute =
                Executors.newFixedThreadPool(settings.slots(), work -> daemon(work, settings.name() + "-compute"));
        OddRecords odd = new OddRecords(READER, registry);
        for (String stage : settings.stages()) {
            tasks.put(
                    stage,
                    new TaskLoop(
                            () -> clients.queue(stage, publisher::sendAgain),
                            queue -> new Leases(queue, publisher, meters, odd, lastDelivery, lastCall),
                            publisher,
                            odd,
                            decoder,
                            slots,
                            this::begin,
                            this::takesTasks));
        }
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
            worker.begin(clients);
            return worker;
        } catch (RuntimeException e) {
            worker.closeClients();
            worker.payloads.close();
            throw e;
        }
    }

    /** All stages are connected before any task is taken, or none is. */
    private void begin(WorkerClients clients) {
        Map<String, TaskQueue> first = new TreeMap<>();
        try {
            settings.stages().forEach(stage -> first.put(stage, clients.queue(stage, publisher::sendAgain)));
        } catch (RuntimeException e) {
            first.values().forEach(TaskQueue::close);
            throw e;
        }
        first.forEach((stage, queue) ->
                loops.add(daemon(() -> loop(tasks.get(stage), queue), settings.name() + "-" + stage)));
        loops.forEach(Thread::start);
    }

    private static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Whether it takes tasks, and hears which it need not do: not before its models are warm, and no longer after a failure. */
    public boolean ready() {
        return warm && tasks.values().stream().allMatch(TaskLoop::isConnected) && ended.listens() && takesTasks();
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
        return !draining && !mustStop();
    }

    /** What it has begun is to end at its next denoising step. */
    private boolean mustStop() {
        return stopping
                || failure.get() != null
                || health.isOutOfService()
                || ended.failure().isPresent();
    }

    /** How long it has had no task; no time at all before it could have had one. */
    public Duration idle() {
        return warm ? slots.idle() : Duration.ZERO;
    }

    private void loop(TaskLoop stage, TaskQueue first) {
        try (first) {
            getReady();
            stage.run(first);
            failure().ifPresent(reason -> LOG.error("worker {} takes no more tasks: {}", settings.name(), reason));
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) {
            fail("it takes no more tasks", e);
        } finally {
            if (!draining && failure().isEmpty()) {
                fail("its loop was ended", new IllegalStateException("by somebody who did not close it"));
            }
        }
    }

    /** The first to come does it, the others wait for that. */
    private synchronized void getReady() {
        if (warm) {
            return;
        }
        lastDelivery = settings.queue().isConsumerGroup()
                ? DeliveryLimit.KAFKAS_DEFAULT
                : DeliveryLimit.of(
                        kafka,
                        WorkerSettings.shareGroup(tasks.keySet().iterator().next()));
        models.warmUp();
        slots.begin();
        warm = true;
        LOG.info(
                "worker {} takes tasks of {}, {} calls at once of up to {} tasks, each task at most {} times",
                settings.name(),
                settings.stages(),
                settings.slots(),
                settings.batching().maximum(),
                lastDelivery);
    }

    private void begin(List<Work> group) {
        slots.take();
        compute.execute(() -> {
            try {
                run(group);
            } finally {
                slots.free();
            }
        });
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
     * Takes no more tasks, and finishes what it has begun within {@link WorkerSettings#drain}. Then it stops at the next denoising step
     * and gives the tasks back, which takes some seconds at most, whatever Kafka and the models do. What does not end by then is left to
     * the end of the process.
     */
    @Override
    public void close() {
        draining = true;
        tasks.values().forEach(TaskLoop::stop);
        slots.close();
        drain();
        stopping = true;
        lastCall.completeOnTimeout(null, GRACE.toMillis(), TimeUnit.MILLISECONDS);
        boolean idle = loopsHaveEnded();
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

    private void drain() {
        if (!warm || settings.drain().isZero()) {
            return;
        }
        try {
            if (!haveEndedWithin(settings.drain())) {
                LOG.warn(
                        "worker {} gives back what it could not finish within {} s",
                        settings.name(),
                        settings.drain().toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeClients() {
        ended.close();
        transactions.close();
    }

    private boolean loopsHaveEnded() {
        try {
            if (!haveEndedWithin(LOOP_ENDS)) {
                LOG.warn("worker {} does not come to its end, and is interrupted", settings.name());
                loops.forEach(Thread::interrupt);
                haveEndedWithin(LOOP_IS_INTERRUPTED);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return loops.stream().noneMatch(Thread::isAlive);
    }

    private boolean haveEndedWithin(Duration time) throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (Thread loop : loops) {
            // 0 would be for ever
            loop.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        return loops.stream().noneMatch(Thread::isAlive);
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
