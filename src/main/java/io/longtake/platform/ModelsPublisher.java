package io.longtake.platform;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.OversizedRecordException;
import io.longtake.model.ManifestException;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a platform of the models that a process runs for it.
 *
 * @param repository holds them
 */
record ModelsPublisher(KafkaConnection kafka, ModelRepository repository) {

    private static final Logger LOG = LoggerFactory.getLogger(ModelsPublisher.class);

    /**
     * Publishes those that are not known, and returns when Kafka has them. A model that cannot be told of is known to the
     * processes that have it, and the log says so.
     *
     * @throws KafkaException if Kafka does not take them
     */
    void publish(PublishedModels known) {
        List<ProducerRecord<String, byte[]>> missing = new ArrayList<>();
        for (String name : repository.names()) {
            try {
                StoredModel model = repository.find(name);
                if (known.find(name, model.digest()).isEmpty()) {
                    missing.add(PublishedModels.record(model));
                }
            } catch (ManifestException | OversizedRecordException e) {
                LOG.warn("the platform is not told of model {}: {}", name, e.getMessage());
            }
        }
        if (!missing.isEmpty()) {
            send(missing);
        }
    }

    private void send(List<ProducerRecord<String, byte[]>> records) {
        try (Producer<String, byte[]> producer = producer()) {
            for (ProducerRecord<String, byte[]> record : records) {
                KafkaAnswer.of(producer.send(record));
                LOG.info("the platform is told of model {}", record.key());
            }
        }
    }

    private Producer<String, byte[]> producer() {
        return new KafkaProducer<>(
                kafka.with(Map.of(
                        "client.id", "longtake-models",
                        "acks", "all",
                        "linger.ms", "0",
                        "max.block.ms", "10000",
                        "request.timeout.ms", "10000",
                        "delivery.timeout.ms", "30000")),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
