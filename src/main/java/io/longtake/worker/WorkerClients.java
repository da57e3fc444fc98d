package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import java.util.HashMap;
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
    /** Of a record batch with one task in it, in the log. */
    private static final int SMALLEST_TASK_BYTES = 256;

    private WorkerClients() {}

    /**
     * Takes as many tasks as share a call and says itself what became of each. The window is the broker's: it answers a fetch
     * once there are bytes enough for the maximum of tasks, or the time is out. A consumer that holds records can not be asked
     * for more: until all are acknowledged, what it fetches stays in its buffer while the lock runs out.
     */
    static ShareConsumer<String, byte[]> tasks(KafkaConnection kafka, WorkerSettings settings) {
        Batching batching = settings.batching();
        Map<String, Object> own = new HashMap<>(Map.of(
                "group.id",
                WorkerSettings.GROUP,
                "client.id",
                settings.name(),
                "share.acknowledgement.mode",
                "explicit",
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                batching.maximum()));
        if (batching.maximum() > 1) {
            own.put("fetch.min.bytes", batching.maximum() * SMALLEST_TASK_BYTES);
            own.put("fetch.max.wait.ms", Math.toIntExact(batching.window().toMillis()));
        }
        return new KafkaShareConsumer<>(kafka.with(own), new StringDeserializer(), new ByteArrayDeserializer());
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
