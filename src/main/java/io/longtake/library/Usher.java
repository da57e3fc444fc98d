package io.longtake.library;

import io.longtake.event.KafkaConnection;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
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
public final class Usher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Usher.class);
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int SAID = 100;

    private final Audience audience;
    private final Producer<String, byte[]> producer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private final AtomicLong faults = new AtomicLong();
    private volatile String failure;

    Usher(Audience audience, Producer<String, byte[]> producer) {
        this.audience = audience;
        this.producer = producer;
        this.thread = new Thread(this::walk, "longtake-usher");
        thread.setDaemon(true);
    }

    /** Connects in the background. */
    public static Usher start(KafkaConnection kafka, Audience audience) {
        Usher usher = new Usher(
                audience,
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
        usher.thread.start();
        return usher;
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

    private void walk() {
        try (producer) {
            while (!closing.await(ROUND.toMillis(), TimeUnit.MILLISECONDS)) {
                round();
            }
            tell(audience.farewell());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // nobody else would hear of it
            failure = "the usher stopped: " + e;
            LOG.error("the usher stops: videos are made as if nobody watched them here", e);
        }
    }

    /** One that fails is no reason not to walk the next. */
    void round() {
        try {
            tell(audience.news());
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
                        new ProducerRecord<>(Topic.PROMPTS.topicName(), event.getVideoId(), Wire.encode(event)),
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
        if (faults.getAndIncrement() % SAID == 0) {
            LOG.warn("{}: where its viewers are was not told: {}", what, fault.toString());
        }
    }
}
