package io.longtake.library;

import io.longtake.event.KafkaConnection;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
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

    private final Audience audience;
    private final Producer<String, byte[]> producer;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

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
                                "max.block.ms", "5000",
                                "request.timeout.ms", "5000",
                                "delivery.timeout.ms", "5000")),
                        new StringSerializer(),
                        new ByteArraySerializer()));
        usher.thread.start();
        return usher;
    }

    public java.util.Optional<String> failure() {
        return java.util.Optional.empty();
    }

    public boolean ready() {
        return thread.isAlive();
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
                tell(audience.news());
            }
            tell(audience.farewell());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void tell(List<PlayheadEvent> news) {
        for (PlayheadEvent event : news) {
            try {
                producer.send(
                        new ProducerRecord<>(Topic.PROMPTS.topicName(), event.getVideoId(), Wire.encode(event)),
                        (sent, fault) -> {
                            if (fault != null) {
                                LOG.warn(
                                        "{}: where its viewers are was not told: {}",
                                        event.getVideoId(),
                                        fault.getMessage());
                            }
                        });
            } catch (KafkaException e) {
                LOG.warn("{}: where its viewers are was not told: {}", event.getVideoId(), e.getMessage());
            }
        }
    }
}
