package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes the clients through which a worker hears and speaks, anew whenever one is broken. */
class WorkerClients {

    private static final int TRANSACTION_MILLIS = 5_000;
    /** Well above the time after which Kafka ends the transaction anyway: nothing comes of waiting longer. */
    private static final int GIVE_UP_MILLIS = 15_000;

    private static final int REQUEST_MILLIS = 10_000;
    /**
     * How long a fetch waits for a task. So long a worker that has just got one of another stage still asks for one of this; and
     * the shorter it is, the more idle workers ask.
     */
    private static final Duration FETCH_WAIT = Duration.ofMillis(300);

    /** Of a record batch with one task in it, in the log. */
    private static final int SMALLEST_TASK_BYTES = 256;

    private final KafkaConnection kafka;
    private final WorkerSettings settings;
    private final String transactionalId = "longtake-worker-" + UUID.randomUUID();

    WorkerClients(KafkaConnection kafka, WorkerSettings settings) {
        this.kafka = kafka;
        this.settings = settings;
    }

    /** A connection to a stage's tasks. */
    TaskQueue queue(String stage) {
        return new TaskQueue(tasks(stage), fetchWait());
    }

    private Duration fetchWait() {
        Batching batching = settings.batching();
        return batching.maximum() > 1 ? batching.window() : FETCH_WAIT;
    }

    /**
     * Takes as many tasks as share a call and says itself what became of each. The window is the broker's: it answers a fetch
     * once there are bytes enough for the maximum of tasks, or the time is out. A consumer that holds records can not be asked
     * for more: until all are acknowledged, what it fetches stays in its buffer while the lock runs out.
     */
    ShareConsumer<String, byte[]> tasks(String stage) {
        Batching batching = settings.batching();
        Map<String, Object> own = new HashMap<>(Map.of(
                "group.id",
                WorkerSettings.group(stage),
                "client.id",
                WorkerSettings.client(settings.name(), stage),
                "share.acknowledgement.mode",
                "explicit",
                "share.acquire.mode",
                "record_limit",
                "max.poll.records",
                batching.maximum(),
                "fetch.max.wait.ms",
                Math.toIntExact(fetchWait().toMillis())));
        if (batching.maximum() > 1) {
            own.put("fetch.min.bytes", batching.maximum() * SMALLEST_TASK_BYTES);
        }
        ShareConsumer<String, byte[]> consumer =
                new KafkaShareConsumer<>(kafka.with(own), new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.ofTasks(stage).topicName()));
        return consumer;
    }

    /** Writes in transactions, each worker under an id of its own, which it keeps. */
    Producer<String, byte[]> results() {
        return new KafkaProducer<>(
                kafka.with(Map.of(
                        "transactional.id",
                        transactionalId,
                        // a worker that dies in mid-transaction holds up every reader for so long
                        "transaction.timeout.ms",
                        TRANSACTION_MILLIS,
                        "max.block.ms",
                        GIVE_UP_MILLIS,
                        "delivery.timeout.ms",
                        GIVE_UP_MILLIS,
                        "request.timeout.ms",
                        REQUEST_MILLIS,
                        "acks",
                        "all",
                        "linger.ms",
                        0)),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Hears what becomes of videos. */
    Consumer<String, byte[]> videos() {
        return new KafkaConsumer<>(
                kafka.with(Map.of("isolation.level", "read_committed")),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }
}
