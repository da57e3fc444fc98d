package io.longtake.platform;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.LastingFault;
import io.longtake.event.Outgoing;
import io.longtake.event.ParkedKey;
import io.longtake.event.ParkedRecord;
import io.longtake.event.ParkedRecords;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends again what a reader of an earlier version parked and this one knows: once for each partition that a reader begins with,
 * and nothing runs afterwards. A record and its tombstone are one transaction, and all who take up the same are of one
 * transactional id: who comes later ends what the other had begun, and sees what it had done. So nothing is taken up twice.
 *
 * @param reader whose records
 * @param topics what it reads
 * @param decoder what it knows
 */
record TakingUp(KafkaConnection kafka, String reader, Set<Topic> topics, RecordDecoder decoder) {

    private static final Logger LOG = LoggerFactory.getLogger(TakingUp.class);

    /** Places that are remembered at once; of more, the rest is read again: whoever parks millions must not fill the memory. */
    private static final int WINDOW = 10_000;

    /** Records of one transaction. */
    private static final int TOGETHER = 50;

    private static final int ATTEMPTS = 5;
    private static final Duration POLL = Duration.ofMillis(200);
    /** Well above the time after which the transaction of a producer that died is ended. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int ANSWER_MILLIS = 10_000;

    /** Records of all partitions, in the background. */
    void begin() {
        inBackground(reader, admin -> {
            int partitions = KafkaAnswer.of(admin.describeTopics(List.of(Topic.PARKED.topicName()))
                            .topicNameValues()
                            .get(Topic.PARKED.topicName()))
                    .partitions()
                    .size();
            IntStream.range(0, partitions).forEach(partition -> takeUp(admin, partition));
        });
    }

    /** Records of one partition, in the background. */
    void begin(int partition) {
        inBackground(reader + "-" + partition, admin -> takeUp(admin, partition));
    }

    /** Another process may have been quicker, and Kafka may be away: it is worth some attempts, and the next start is another. */
    private void inBackground(String name, Consumer<Admin> work) {
        Thread thread = new Thread(
                () -> {
                    for (int attempt = 1; !succeeds(work, attempt == ATTEMPTS); attempt++) {
                        try {
                            Thread.sleep(1000L << (attempt - 1));
                        } catch (InterruptedException e) {
                            return;
                        }
                    }
                },
                "longtake-taking-up-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private boolean succeeds(Consumer<Admin> work, boolean last) {
        try (Admin admin = admin()) {
            work.accept(admin);
            return true;
        } catch (InterruptException e) {
            return true;
        } catch (KafkaException e) {
            boolean over = last || LastingFault.isIn(e);
            LOG.warn(
                    "{}: what is parked is not taken up, {}: {}",
                    reader,
                    over ? "the next start will try again" : "trying again",
                    e.toString());
            return over;
        }
    }

    /** @throws KafkaException if Kafka does not answer, or somebody else begins to take up the same */
    private void takeUp(Admin admin, int partition) {
        TopicPartition parked = new TopicPartition(Topic.PARKED.topicName(), partition);
        long beginning = offset(admin, parked, OffsetSpec.earliest());
        if (beginning == offset(admin, parked, OffsetSpec.latest())) {
            return; // most often
        }
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            consumer.assign(List.of(parked));
            if (window(admin, consumer, parked, beginning).offsets().isEmpty()) {
                return; // nobody is disturbed who has something to do here
            }
            try (KafkaProducer<String, byte[]> producer = producer(partition)) {
                producer.initTransactions();
                Optional<Long> from = Optional.of(beginning);
                while (from.isPresent()) {
                    Window window = window(admin, consumer, parked, from.get());
                    send(consumer, producer, parked, window.offsets());
                    from = window.rest();
                }
            }
        }
    }

    /**
     * What waits in a partition.
     *
     * @param offsets where it lies, in order
     * @param rest where more begins that had no room here
     */
    private record Window(List<Long> offsets, Optional<Long> rest) {}

    /** Read to the end, for only then it is known what was taken up before. */
    private Window window(Admin admin, KafkaConsumer<String, byte[]> consumer, TopicPartition parked, long from) {
        Map<String, Long> waiting = new LinkedHashMap<>();
        List<Long> rest = new ArrayList<>(1);
        // what was committed may lie behind what is not yet: a consumer's own end would be before that
        long end = offset(admin, parked, OffsetSpec.latest());
        read(consumer, parked, from, end, record -> {
            if (record.value() == null) {
                waiting.remove(record.key());
            } else if (ours(record).isPresent()) {
                if (waiting.size() < WINDOW) {
                    waiting.put(record.key(), record.offset());
                } else if (rest.isEmpty()) {
                    rest.add(record.offset());
                }
            }
        });
        return new Window(
                waiting.values().stream().sorted().toList(), rest.stream().findFirst());
    }

    private void send(
            KafkaConsumer<String, byte[]> consumer,
            KafkaProducer<String, byte[]> producer,
            TopicPartition parked,
            List<Long> offsets) {
        for (int i = 0; i < offsets.size(); i += TOGETHER) {
            List<Long> some = offsets.subList(i, Math.min(offsets.size(), i + TOGETHER));
            producer.beginTransaction();
            read(consumer, parked, some.get(0), some.get(some.size() - 1) + 1, record -> {
                if (some.contains(record.offset())) {
                    ours(record).ifPresent(found -> {
                        producer.send(ParkedRecords.again(found, partition(producer, found))
                                .toProduce());
                        producer.send(Outgoing.tombstone(ParkedKey.of(found)).toProduce());
                    });
                }
            });
            producer.flush(); // a commit alone may overtake what was sent last
            producer.commitTransaction();
            LOG.info("{}: took up {} records that an earlier version had parked", reader, some.size());
        }
    }

    /** As it lay, unless its topic has become smaller. */
    private static Integer partition(KafkaProducer<String, byte[]> producer, ParkedRecord found) {
        return found.getPartition() < producer.partitionsFor(found.getTopic()).size() ? found.getPartition() : null;
    }

    /** Anybody may write to the topic, so it has to be a record of this reader under its own key, and to go to a topic of this reader. */
    private Optional<ParkedRecord> ours(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null || !record.key().startsWith(reader + "/")) {
            return Optional.empty();
        }
        try {
            ParkedRecord parked = decoder.decode(record.value(), ParkedRecord.class);
            return Optional.of(parked)
                    .filter(found -> ParkedKey.of(found).toString().equals(record.key()))
                    .filter(found -> found.getPartition() == record.partition())
                    .filter(found -> decoder.knows(found.getFingerprint()))
                    .filter(found ->
                            topics.stream().anyMatch(topic -> topic.topicName().equals(found.getTopic())));
        } catch (RuntimeException e) { // newer itself, or nonsense
            LOG.debug("{}-{}@{} is passed over", record.topic(), record.partition(), record.offset(), e);
            return Optional.empty();
        }
    }

    private static void read(
            KafkaConsumer<String, byte[]> consumer,
            TopicPartition partition,
            long from,
            long end,
            Consumer<ConsumerRecord<String, byte[]>> each) {
        long start = System.nanoTime();
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new KafkaException(partition + " could not be read to " + end + " within " + PATIENCE.toSeconds()
                        + " s, only to " + consumer.position(partition));
            }
            consumer.poll(POLL).forEach(each);
        }
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec which) {
        return KafkaAnswer.of(admin.listOffsets(Map.of(partition, which)).partitionResult(partition))
                .offset();
    }

    private Admin admin() {
        return Admin.create(kafka.with(Map.of(
                "client.id",
                "longtake-parked-" + reader,
                "request.timeout.ms",
                ANSWER_MILLIS / 2,
                "default.api.timeout.ms",
                ANSWER_MILLIS)));
    }

    private KafkaConsumer<String, byte[]> consumer() {
        return new KafkaConsumer<>(
                kafka.with(Map.of(
                        "client.id", "longtake-parked-" + reader,
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "default.api.timeout.ms", ANSWER_MILLIS)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<String, byte[]> producer(int partition) {
        return new KafkaProducer<>(
                kafka.with(Map.of(
                        "client.id",
                        "longtake-parked-" + reader,
                        "transactional.id",
                        "longtake-parked-" + reader + "-" + partition,
                        "transaction.timeout.ms",
                        ANSWER_MILLIS,
                        "max.block.ms",
                        2 * ANSWER_MILLIS,
                        "delivery.timeout.ms",
                        2 * ANSWER_MILLIS,
                        "request.timeout.ms",
                        ANSWER_MILLIS,
                        "linger.ms",
                        0,
                        "acks",
                        "all")),
                new StringSerializer(),
                new ByteArraySerializer());
    }
}
