package io.longtake.library;

import io.longtake.event.DeleteEvent;
import io.longtake.event.FragmentChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.LastingFault;
import io.longtake.event.NewerRecordException;
import io.longtake.event.PromptEvent;
import io.longtake.event.Readers;
import io.longtake.event.Reason;
import io.longtake.event.RecordDecoder;
import io.longtake.event.RecordTime;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoId;
import io.longtake.meter.OddRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads prompts, events and fragments into a {@link Library}. Every process that serves videos has one and reads everything:
 * it is in no consumer group. What it reads is in the store before its positions are, so a killed one reads the last seconds
 * again; a record that is broken, in whatever way, is passed over; one of a later version is too, until the next start; a store that fails is tried again until it takes the record;
 * a Kafka that fails is asked again by a new consumer. What none of this helps against is told by {@link #failure}.
 */
public final class Librarian implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Librarian.class);
    private static final List<Topic> READ = List.of(Topic.PROMPTS, Topic.VIDEOS, Topic.SEGMENTS);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SAVE = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Library library;
    private final String cluster;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Duration retry;
    private final RecordDecoder decoder;
    private final OddRecords odd;
    private final Map<TopicPartition, Long> behind = new HashMap<>();
    private final ReadProgress progress = new ReadProgress();
    private final Thread thread = new Thread(this::work, "longtake-librarian");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Consumer<String, byte[]> consumer;
    private volatile boolean ready;
    private volatile boolean stuck;
    private volatile String failure;
    private long saved = System.nanoTime();

    /**
     * @param cluster the Kafka's id
     * @param consumers makes one for each time that Kafka failed
     * @param retry how long to wait then
     * @param odd where it counts what it passes over
     * @param decoder of what it reads
     */
    Librarian(
            Library library,
            String cluster,
            Supplier<Consumer<String, byte[]>> consumers,
            Duration retry,
            OddRecords odd,
            RecordDecoder decoder) {
        this.library = library;
        this.cluster = cluster;
        this.consumers = consumers;
        this.retry = retry;
        this.odd = odd;
        this.decoder = decoder;
        thread.setDaemon(true);
    }

    /**
     * Goes on where the store says that one was.
     *
     * @param meters where it counts
     * @throws KafkaException if Kafka does not answer
     */
    public static Librarian start(KafkaConnection kafka, Library library, MeterRegistry meters) {
        OddRecords odd = new OddRecords("librarian", meters);
        return new Librarian(library, Cluster.id(kafka), () -> consumer(kafka), RETRY, odd, RecordDecoder.ours())
                .start();
    }

    private static Consumer<String, byte[]> consumer(KafkaConnection kafka) {
        return new KafkaConsumer<>(
                kafka.with(Map.of(
                        "client.id", "longtake-librarian",
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "fetch.max.bytes", Integer.toString(16 << 20),
                        "max.partition.fetch.bytes", Integer.toString(4 << 20))),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    Librarian start() {
        consumer = consumers.get();
        try {
            takePlace();
        } catch (RuntimeException e) {
            Readers.close(consumer);
            throw e;
        }
        thread.start();
        return this;
    }

    /** Whether it has read what was there when it started, and can keep what it reads. */
    public boolean ready() {
        return ready && !stuck && failure == null && thread.isAlive();
    }

    /** Why it does its work no longer; empty while it does, or may again. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    /** Saves, and returns when nothing is written any more. */
    @Override
    public void close() {
        closing.countDown();
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }

    private void work() {
        try {
            readOn();
            save();
        } catch (UncheckedIOException e) {
            LOG.warn("what was read last will be read again: {}", e.getMessage());
        } catch (Throwable e) { // nobody else would hear of it
            failure = "the librarian has stopped: " + Reason.ofFirstCause(e);
            LOG.error("the librarian stops: videos that come now can be watched after a restart", e);
        } finally {
            Readers.close(consumer);
        }
    }

    /** Until this closes; a Kafka that fails is asked again from where it was read last. */
    private void readOn() {
        boolean placed = true;
        while (!isClosing()) {
            try {
                if (!placed) {
                    renew();
                    placed = true;
                }
                read();
            } catch (WakeupException | InterruptException closed) {
                closing.countDown();
            } catch (KafkaException e) {
                if (LastingFault.isIn(e)) {
                    throw e;
                }
                placed = false;
                sayAway(e);
                rest();
            }
        }
    }

    private void read() {
        while (!isClosing()) {
            try {
                keep(consumer.poll(POLL));
                catchUp();
                saveNowAndThen();
            } catch (UncheckedIOException e) {
                sayStuck(e); // saving; what is not saved is read again
            }
        }
    }

    private void renew() {
        Readers.close(consumer);
        consumer = consumers.get();
        if (!isClosing()) { // asked only now: whoever closes wakes the consumer that it sees
            takePlace();
            LOG.info("Kafka is read again");
            stuck = false;
        }
    }

    private void takePlace() {
        List<TopicPartition> all = READ.stream()
                .flatMap(topic -> consumer.partitionsFor(topic.topicName(), ANSWER).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        Map<String, Long> kept = library.positions(cluster);
        for (TopicPartition partition : all) {
            OptionalLong reached = progress.next(partition);
            Long next = reached.isPresent() ? Long.valueOf(reached.getAsLong()) : kept.get(partition.toString());
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
        if (!ready) {
            behind.putAll(consumer.endOffsets(all, ANSWER));
        }
    }

    /** Whoever closes need not wait for all of them: those that were not taken are read again. */
    private void keep(ConsumerRecords<String, byte[]> batch) {
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (!keep(record)) {
                return;
            }
        }
        // also behind what is no record of ours: the marks of transactions
        consumer.assignment().forEach(partition -> progress.reached(partition, consumer.position(partition, ANSWER)));
    }

    /**
     * Tries until the store takes it: later records make no sense without this one.
     *
     * @return whether it was taken, or is passed over; not if this closes
     */
    private boolean keep(ConsumerRecord<String, byte[]> record) {
        while (!isClosing()) {
            try {
                take(record);
                stuck = false;
                return true;
            } catch (UncheckedIOException e) {
                sayStuck(e);
                rest();
            } catch (KafkaException e) {
                throw e;
            } catch (NewerRecordException newer) {
                odd.skipped(record.topic(), record.partition(), record.offset(), newer.getMessage());
                progress.passedOver(new TopicPartition(record.topic(), record.partition()), record.offset());
                return true;
            } catch (RuntimeException broken) { // whatever in it could not be borne
                odd.skipped(record.topic(), record.partition(), record.offset(), broken.toString());
                progress.reached(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                return true;
            }
        }
        return false;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        SpecificRecordBase read = decoder.decode(record.value());
        if (!read.hasField("video_id") || !read.get("video_id").equals(record.key())) {
            throw new UnreadableRecordException("its key is not its video_id");
        }
        if (!VideoId.isOne(record.key())) {
            throw new UnreadableRecordException("video_id is not a UUID in its canonical form");
        }
        long at = RecordTime.of(record.timestamp(), System.currentTimeMillis());
        if (record.topic().equals(Topic.PROMPTS.topicName())) {
            if (read instanceof PromptEvent prompt) {
                library.take(prompt, at);
            } else if (read instanceof DeleteEvent deletion) {
                library.take(deletion);
            } // what else people ask for is the director's business
        } else if (record.topic().equals(Topic.VIDEOS.topicName())) {
            library.take(expected(read, VideoEvent.class), record.offset());
        } else {
            library.take(expected(read, FragmentChunk.class), at);
        }
        progress.took(record, read);
    }

    /** An event on another topic than its own would say that a video has got where it has not. */
    private static <T extends SpecificRecordBase> T expected(SpecificRecordBase read, Class<T> kind) {
        if (!kind.isInstance(read)) {
            throw new UnreadableRecordException("expected " + kind.getSimpleName() + ", got "
                    + read.getSchema().getName());
        }
        return kind.cast(read);
    }

    private void catchUp() {
        if (!ready) {
            behind.entrySet().removeIf(end -> consumer.position(end.getKey(), ANSWER) >= end.getValue());
            ready = behind.isEmpty();
        }
    }

    private void saveNowAndThen() {
        if (System.nanoTime() - saved > SAVE.toNanos()) {
            save();
            saved = System.nanoTime();
            stuck = false;
        }
    }

    private void save() {
        library.save();
        new Positions(cluster, progress.safe()).keep(library.store());
    }

    private void sayStuck(UncheckedIOException e) {
        if (!stuck) {
            LOG.error("the library does not take what comes, trying again: {}", e.getMessage());
        }
        stuck = true;
    }

    private void sayAway(KafkaException e) {
        if (!stuck) {
            LOG.warn("Kafka cannot be read, trying again: {}", e.toString());
        }
        stuck = true;
    }

    private void rest() {
        try {
            closing.await(retry.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }
}
