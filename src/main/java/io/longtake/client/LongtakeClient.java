package io.longtake.client;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * Asks for videos and follows them, over Kafka alone:
 *
 * <pre>{@code
 * try (LongtakeClient longtake = LongtakeClient.create("localhost:9092")) {
 *     Video video = longtake.send(Prompt.of("a drive at night").seconds(10).seed(7));
 *     try (Cursor<FrameBatch> frames = video.frames().open()) {
 *         for (Delivery<FrameBatch> batch : frames) { … }
 *     }
 * }
 * }</pre>
 *
 * <p>For any number of threads. No argument may be null.
 */
public final class LongtakeClient implements AutoCloseable {

    private final KafkaConnection kafka;
    private final Orders orders;

    private LongtakeClient(KafkaConnection kafka) {
        this.kafka = kafka;
        this.orders = new Orders(kafka);
    }

    /**
     * Connects in the background: an address where nobody answers shows at the first use.
     *
     * @param bootstrapServers host:port, comma separated
     * @throws KafkaException if that can not be an address
     */
    public static LongtakeClient create(String bootstrapServers) {
        return create(KafkaConnection.to(bootstrapServers));
    }

    /** As {@link #create(String)}, for a Kafka that asks who comes. */
    public static LongtakeClient create(KafkaConnection kafka) {
        return new LongtakeClient(kafka);
    }

    /**
     * Asks for a video, and returns when Kafka has the prompt on all its replicas. Sending it again, after an error too, asks
     * for the same video. A prompt that was refused may be sent again, corrected, under its id: what this returns does not take
     * the refusal of an earlier one for its own end.
     *
     * @throws KafkaException if Kafka does not take it within 40 s
     */
    public Video send(Prompt prompt) {
        return send(Principal.ANONYMOUS, prompt, CarriedHeaders.NONE);
    }

    /**
     * As {@link #send(Prompt)}, for somebody. Kafka alone decides who may send; this says in whose name.
     *
     * @param cause headers of what asks for it, such as its trace context; all that is done for the video carries them
     */
    public Video send(Principal asker, Prompt prompt, CarriedHeaders cause) {
        Instant sentAt = orders.publish(asker, prompt.id(), prompt.event(), cause);
        return new Video(prompt.id(), prompt.since(), new Refusals(sentAt), kafka, orders);
    }

    /**
     * A video that somebody asked for.
     *
     * @throws IllegalArgumentException if its id is not a UUID in canonical form
     */
    public Video video(String videoId) {
        return new Video(videoId, Instant.EPOCH, Refusals.OF_ANY_PROMPT, kafka, orders);
    }

    /**
     * What Kafka still knows of all videos, the one that was asked for last first.
     *
     * @throws KafkaException if Kafka does not answer
     */
    public List<KnownVideo> knownVideos() {
        return KnownVideos.all(kafka);
    }

    /**
     * What Kafka still knows of a video; empty if nobody asked for it within that time (7 days, unless the topics say otherwise).
     *
     * @throws KafkaException if Kafka does not answer
     */
    public Optional<KnownVideo> known(String videoId) {
        return KnownVideos.of(kafka, videoId);
    }

    /** Gives back the connection for sending; what is being read goes on. */
    @Override
    public void close() {
        orders.close();
    }
}
