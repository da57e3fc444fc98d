package io.longtake.library;

import io.longtake.event.DeleteEvent;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outgoing;
import io.longtake.event.Principal;
import io.longtake.event.Topic;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tells every server that a video is deleted, and the director, who stops it. For many threads. */
public final class Deletions implements AutoCloseable {

    private final Producer<String, byte[]> producer;

    /** Connects in the background. */
    public Deletions(KafkaConnection kafka) {
        this.producer = new KafkaProducer<>(
                kafka.with(Map.of(
                        "client.id", "longtake-deletions",
                        "acks", "all",
                        "linger.ms", "0",
                        "max.block.ms", "10000",
                        "request.timeout.ms", "10000",
                        "delivery.timeout.ms", "30000")),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Returns when Kafka has it.
     *
     * @param asker who asks for it
     * @throws KafkaException if Kafka does not take it within 40 s
     */
    public void announce(Principal asker, String videoId) {
        DeleteEvent deletion = new DeleteEvent(StoreNames.videoId(videoId));
        KafkaAnswer.of(
                producer.send(Outgoing.of(Topic.PROMPTS, videoId, deletion).toProduce()));
    }

    @Override
    public void close() {
        producer.close();
    }
}
