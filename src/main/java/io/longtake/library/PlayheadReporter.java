package io.longtake.library;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Outgoing;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the director every second where the viewers of this process are. What is lost on the way is not sent again: the next
 * news say more.
 */
public final class PlayheadReporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlayheadReporter.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final int LOG_EVERY = 100;

    private final Viewers viewers;
    private final Producer<String, byte[]> producer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final AtomicLong faults = new AtomicLong();
    private volatile String failure;

    PlayheadReporter(Viewers viewers, Producer<String, byte[]> producer) {
        this.viewers = viewers;
        this.producer = producer;
        this.thread = new Thread(this::run, "longtake-playheads");
        thread.setDaemon(true);
    }

    /** Connects in the background. */
    public static PlayheadReporter start(KafkaConnection kafka, Viewers viewers) {
        PlayheadReporter reporter = new PlayheadReporter(
                viewers,
                new KafkaProducer<>(
                        kafka.with(Map.of(
                                "client.id", "longtake-usher",
                                "linger.ms", "0",
                                // what must come once may fail for good; this need not
                                "enable.idempotence", "false",
                                "max.block.ms", "5000",
                                "request.timeout.ms", "5000",
                                "delivery.timeout.ms", "5000")),
                        new StringSerializer(),
                        new ByteArraySerializer()));
        reporter.thread.start();
        return reporter;
    }

    public boolean ready() {
        return thread.isAlive();
    }

    /** Why it does its work no longer; empty while it does, or may again. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Tells that nobody watches here any more. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (producer) {
            while (!closing.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                report();
            }
            tell(viewers.farewell());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // nobody else would hear of it
            failure = "the playhead reporter stopped: " + e;
            LOG.error("the playhead reporter stops: videos are made as if nobody watched them here", e);
        }
    }

    /** One that fails is no reason not to walk the next. */
    void report() {
        try {
            tell(viewers.news());
        } catch (InterruptException e) {
            throw e;
        } catch (RuntimeException e) {
            complain("a round", e);
        }
    }

    void tell(List<PlayheadEvent> news) {
        for (PlayheadEvent event : news) {
            try {
                producer.send(
                        Outgoing.of(Topic.PROMPTS, event.getVideoId(), event).toProduce(), // no record causes it
                        (sent, fault) -> {
                            if (fault != null) {
                                complain(event.getVideoId(), fault);
                            }
                        });
            } catch (InterruptException e) {
                throw e;
            } catch (KafkaException e) {
                complain(event.getVideoId(), e);
            }
        }
    }

    /** The first time and then now and then: a Kafka that is away fails every second, and for every video. */
    private void complain(String what, Exception fault) {
        if (faults.getAndIncrement() % LOG_EVERY == 0) {
            LOG.warn("{}: where its viewers are was not told: {}", what, fault.toString());
        }
    }
}
