package io.longtake.worker;

import io.longtake.event.KafkaConnection;
import io.longtake.event.QueueProtocol;
import io.longtake.event.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
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

    /** After which the tasks of a worker that was killed go to others, if it is the worker who says it. */
    private static final int SESSION_MILLIS = 10_000;

    /** After which a worker hears that somebody has joined or left. */
    private static final int HEARTBEAT_MILLIS = 1_000;

    /** Of a record batch with one task in it, in the log. */
    private static final int SMALLEST_TASK_BYTES = 256;

    private final KafkaConnection kafka;
    private final WorkerSettings settings;
    private final String transactionalId = "longtake-worker-" + UUID.randomUUID();

    WorkerClients(KafkaConnection kafka, WorkerSettings settings) {
        this.kafka = kafka;
        this.settings = settings;
    }

    /**
     * A connection to a stage's tasks.
     *
     * @param sendAgain puts a task into the queue as a new one
     */
    TaskQueue queue(String stage, java.util.function.Consumer<ConsumerRecord<String, byte[]>> sendAgain) {
        return settings.queue().isConsumerGroup()
                ? new GroupQueue(ownTasks(stage), Topic.ofTasks(stage).topicName(), fetchWait())
                : new ShareQueue(tasks(stage), fetchWait(), sendAgain);
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
                WorkerSettings.shareGroup(stage),
                "client.id",
                settings.clientId(stage),
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

    /** Takes the tasks of the partitions that it is assigned; it is told which and commits itself. */
    Consumer<String, byte[]> ownTasks(String stage) {
        Batching batching = settings.batching();
        Map<String, Object> own = new HashMap<>(Map.of(
                "group.id",
                WorkerSettings.consumerGroup(stage),
                "client.id",
                settings.clientId(stage),
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "isolation.level",
                "read_committed",
                "max.poll.records",
                batching.maximum(),
                "fetch.max.wait.ms",
                Math.toIntExact(fetchWait().toMillis())));
        if (settings.queue() == QueueProtocol.CONSUMER) {
            own.put("group.protocol", "consumer");
        } else {
            own.put("group.protocol", "classic");
            own.put("partition.assignment.strategy", CooperativeStickyAssignor.class.getName());
            own.put("session.timeout.ms", SESSION_MILLIS);
            own.put("heartbeat.interval.ms", HEARTBEAT_MILLIS);
        }
        if (batching.maximum() > 1) {
            own.put("fetch.min.bytes", batching.maximum() * SMALLEST_TASK_BYTES);
        }
        return new KafkaConsumer<>(kafka.with(own), new StringDeserializer(), new ByteArrayDeserializer());
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
