package io.longtake.library;

import io.longtake.event.DeleteEvent;
import io.longtake.event.FilmFragment;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import io.longtake.event.VideoEvent;
import io.longtake.event.Wire;
import io.longtake.payload.CorruptPayloadException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads prompts, events and fragments into a {@link Library}. Every process that serves films has one and reads everything:
 * it is in no consumer group. What it reads is in the store before its positions are, so a killed one reads the last seconds
 * again; a record that is broken is passed over; a store that fails is tried again until it takes the record.
 */
public final class Librarian implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Librarian.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration SAVE = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Library library;
    private final Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> behind = new HashMap<>();
    private final Progress progress = new Progress();
    private final String cluster;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ready;
    private volatile boolean stuck;
    private long saved = System.nanoTime();

    private Librarian(KafkaConnection kafka, Library library) {
        this.library = library;
        this.cluster = Cluster.id(kafka);
        this.consumer = new KafkaConsumer<>(
                kafka.with(Map.of(
                        "client.id", "longtake-librarian",
                        "isolation.level", "read_committed",
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "fetch.max.bytes", Integer.toString(16 << 20),
                        "max.partition.fetch.bytes", Integer.toString(4 << 20))),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        this.thread = new Thread(this::read, "longtake-librarian");
        thread.setDaemon(true);
    }

    /**
     * Goes on where the store says that one was.
     *
     * @throws KafkaException if Kafka does not answer
     */
    public static Librarian start(KafkaConnection kafka, Library library) {
        Librarian librarian = new Librarian(kafka, library);
        try {
            librarian.takePlace();
        } catch (RuntimeException e) {
            librarian.consumer.close();
            throw e;
        }
        librarian.thread.start();
        return librarian;
    }

    public java.util.Optional<String> failure() {
        return java.util.Optional.empty();
    }

    /** Whether it has read what was there when it started, and can keep what it reads. */
    public boolean ready() {
        return ready && !stuck && thread.isAlive();
    }

    /** Saves, and returns when nothing is written any more. */
    @Override
    public void close() {
        closing = true;
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void takePlace() {
        List<TopicPartition> all = Stream.of(Topic.PROMPTS, Topic.VIDEOS, Topic.SEGMENTS)
                .flatMap(topic -> consumer.partitionsFor(topic.topicName(), ANSWER).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(all);
        Map<String, Long> kept = library.positions(cluster);
        for (TopicPartition partition : all) {
            Long next = kept.get(partition.toString());
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
        behind.putAll(consumer.endOffsets(all, ANSWER));
    }

    private void read() {
        try (consumer) {
            while (!closing) {
                try {
                    keep(consumer.poll(POLL));
                    catchUp();
                    saveNowAndThen();
                } catch (WakeupException closed) {
                    LOG.debug("woken to close");
                } catch (UncheckedIOException e) {
                    sayStuck(e); // saving; what is not saved is read again
                }
            }
            save();
        } catch (UncheckedIOException e) {
            LOG.warn("what was read last will be read again: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("the librarian stops: films that come now can be watched after a restart", e);
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
        while (!closing) {
            try {
                take(record);
                stuck = false;
                return true;
            } catch (UnreadableRecordException | CorruptPayloadException | IllegalArgumentException broken) {
                LOG.warn(
                        "{}-{} at {} is passed over: {}",
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        broken.getMessage());
                progress.reached(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
                return true;
            } catch (UncheckedIOException e) {
                sayStuck(e);
                rest();
            }
        }
        return false;
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        SpecificRecordBase read = Wire.decode(record.value());
        if (!read.hasField("video_id") || !read.get("video_id").equals(record.key())) {
            throw new UnreadableRecordException("its key is not its video_id");
        }
        if (read instanceof PromptEvent prompt) {
            library.take(prompt, record.timestamp());
        } else if (read instanceof VideoEvent event) {
            library.take(event, record.offset());
        } else if (read instanceof FilmFragment fragment) {
            library.take(fragment, record.timestamp());
        } else if (read instanceof DeleteEvent deletion) {
            library.take(deletion);
        }
        progress.took(record, read);
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

    private void rest() {
        try {
            Thread.sleep(RETRY.toMillis());
        } catch (InterruptedException e) {
            closing = true;
        }
    }
}
