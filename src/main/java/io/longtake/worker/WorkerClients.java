package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** The clients through which a worker takes tasks and publishes what came of them. */
final class WorkerClients {

    private static final int TRANSACTION_MILLIS = 5_000;

    private WorkerClients() {}

    /** Takes one task at a time and says itself what became of it. */
    static ShareConsumer<String, byte[]> tasks(KafkaConnection kafka, String worker) {
        return new KafkaShareConsumer<>(
                kafka.with(Map.of(
                        "group.id",
                        WorkerSettings.GROUP,
                        "client.id",
                        worker,
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Writes in transactions, each worker under an id of its own. */
    static Producer<String, byte[]> results(KafkaConnection kafka) {
        return new KafkaProducer<>(
                kafka.with(Map.of(
                        "transactional.id",
                        "longtake-worker-" + UUID.randomUUID(),
                        // a worker that dies in mid-transaction holds up every reader for so long
                        "transaction.timeout.ms",
                        TRANSACTION_MILLIS,
                        "acks",
                        "all",
                        "linger.ms",
                        0)),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
