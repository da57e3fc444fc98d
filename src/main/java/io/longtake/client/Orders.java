package io.longtake.client;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Outgoing;
import io.longtake.event.OversizedRecordException;
import io.longtake.event.Principal;
import io.longtake.event.Topic;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What is said to the platform, on {@code longtake.prompts}. For any number of threads. */
final class Orders implements AutoCloseable {

    private final Producer<String, byte[]> producer;

    Orders(KafkaConnection kafka) {
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
     * Returns when Kafka has it on all its replicas.
     *
     * @param asker who asks
     * @return the time that the record has
     * @throws KafkaException if Kafka does not take it within 40 s
     */
    Instant publish(Principal asker, String videoId, SpecificRecordBase order) {
        return publish(asker, videoId, order, CarriedHeaders.NONE);
    }

    /**
     * As {@link #publish(Principal, String, SpecificRecordBase)}.
     *
     * @param cause headers of what asks for it
     */
    Instant publish(Principal asker, String videoId, SpecificRecordBase order, CarriedHeaders cause) {
        try {
            Outgoing record = record(asker, videoId, order).causedBy(cause);
            return Instant.ofEpochMilli(
                    KafkaAnswer.of(producer.send(record.toProduce())).timestamp());
        } catch (OversizedRecordException e) {
            throw new RecordTooLargeException(e.getMessage(), e);
        }
    }

    /** The only place where what is asked for becomes a record: here it is to say whose it is. */
    private static Outgoing record(Principal asker, String videoId, SpecificRecordBase order) {
        return Outgoing.of(Topic.PROMPTS, videoId, order);
    }

    @Override
    public void close() {
        producer.close();
    }
}
