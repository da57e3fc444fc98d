package io.longtake.client;

import io.longtake.event.CancelEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Asks for films and follows them, over Kafka alone. Sending is safe for many threads; each subscription is for one
 * thread, holds a connection of its own and is closed by whoever asked for it, before or after this client. No argument
 * may be null.
 *
 * <p>Subscriptions see committed records only, and pass over what is not a record of theirs. Without a time they start at
 * the oldest record that Kafka still has (7 days, unless the topics say otherwise); with the time of the prompt they need
 * not read past the films before it.
 */
public final class LongtakeClient implements AutoCloseable {

    private final KafkaConnection kafka;
    private final Producer<String, byte[]> producer;

    /** Connects in the background: a wrong address shows at the first use. */
    public LongtakeClient(KafkaConnection kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                kafka.with(Map.of(
                        "acks", "all",
                        "enable.idempotence", "true",
                        "linger.ms", "0",
                        "max.block.ms", "10000",
                        "request.timeout.ms", "10000",
                        "delivery.timeout.ms", "30000")),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Asks for a film, and returns when Kafka has the event on all its replicas. Sending it again, after an error too,
     * asks for the same film.
     *
     * @throws IllegalArgumentException if its video_id is not a UUID in canonical form
     * @throws KafkaException if Kafka does not take it within 40 s
     */
    public void send(PromptEvent event) {
        publish(event.getVideoId(), event);
    }

    /** Stops a film; what was delivered stays playable. Throws as {@link #send} does. */
    public void cancel(String videoId, String reason) {
        publish(videoId, new CancelEvent(videoId, reason));
    }

    /**
     * Makes a running film longer. Throws as {@link #send} does.
     *
     * @param seconds how much longer, above 0
     */
    public void extend(String videoId, double seconds) {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("seconds: expected a number above 0, got " + seconds);
        }
        publish(videoId, new ExtendEvent(videoId, seconds));
    }

    /** What happens to a film, from the beginning. */
    public VideoEvents events(String videoId) {
        return events(videoId, Instant.EPOCH);
    }

    /** What happens to a film, from a time on. */
    public VideoEvents events(String videoId, Instant since) {
        return new VideoEvents(new VideoRecords(kafka, Topic.VIDEOS, checked(videoId), since));
    }

    /** The film's file, piece by piece. */
    public FilmSubscription film(String videoId) {
        return film(videoId, Instant.EPOCH);
    }

    /** The film's file, piece by piece; the time is not after that of its first piece. */
    public FilmSubscription film(String videoId, Instant since) {
        return new FilmSubscription(videoId, new VideoRecords(kafka, Topic.SEGMENTS, checked(videoId), since));
    }

    /** The film's frames as they are finished, a batch a segment. */
    public FrameSubscription frames(String videoId) {
        return frames(videoId, Instant.EPOCH);
    }

    /** The film's frames as they are finished; the time is not after that of its first batch. */
    public FrameSubscription frames(String videoId, Instant since) {
        return new FrameSubscription(videoId, new VideoRecords(kafka, Topic.FRAMES, checked(videoId), since));
    }

    @Override
    public void close() {
        producer.close();
    }

    private void publish(String videoId, SpecificRecordBase event) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(Topic.PROMPTS.topicName(), checked(videoId), Wire.encode(event));
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException refused ? refused : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static String checked(String videoId) {
        try {
            if (UUID.fromString(videoId).toString().equals(videoId)) {
                return videoId;
            }
        } catch (IllegalArgumentException e) {
            // the same words for both
        }
        throw new IllegalArgumentException("video_id: expected a UUID in canonical form, got '" + videoId + "'");
    }
}
