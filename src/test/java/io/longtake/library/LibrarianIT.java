package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Records of a real Kafka become files, across restarts. */
@ExtendWith(SharedBroker.class)
class LibrarianIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final KafkaConnection kafka;
    private final String id = UUID.randomUUID().toString();
    private final Records records = new Records(id);
    private KafkaProducer<String, byte[]> platform;

    LibrarianIT(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @BeforeEach
    void connect() {
        platform = new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "platform-" + id)),
                new StringSerializer(),
                new ByteArraySerializer());
        platform.initTransactions();
    }

    @AfterEach
    void disconnect() {
        platform.close();
    }

    @Test
    void a_video_comes_whatever_lies_between_its_records() {
        Library library = new Library(new LocalVideoStore(folder));
        try (Librarian reading = Librarian.start(kafka, library, new SimpleMeterRegistry())) {
            committed(() -> {
                write(Topic.PROMPTS, records.prompt("a drive"));
                write(Topic.VIDEOS, records.accepted(24, 24));
                raw(Topic.SEGMENTS, "garbage".getBytes(StandardCharsets.UTF_8));
                raw(Topic.SEGMENTS, null);
                write(Topic.SEGMENTS, records.header());
                platform.send(new ProducerRecord<>(
                        Topic.SEGMENTS.topicName(), "another key", Wire.encode(records.segment(0, 24, true))));
                write(Topic.SEGMENTS, records.segment(0, 24, true));
                write(Topic.VIDEOS, records.event(VideoEventKind.FINISHED, 24));
            });

            LibraryVideo video = await(library, now -> now.status() == VideoHistory.Status.FINISHED);

            assertThat(video.history().details().prompt()).isEqualTo("a drive");
            assertThat(video.fragments().complete()).isTrue();
        }
    }

    @Test
    void what_was_never_committed_is_never_seen() {
        Library library = new Library(new LocalVideoStore(folder));
        try (Librarian reading = Librarian.start(kafka, library, new SimpleMeterRegistry())) {
            platform.beginTransaction();
            write(Topic.SEGMENTS, records.header());
            platform.flush();
            platform.abortTransaction();
            committed(() -> write(Topic.PROMPTS, records.prompt("a drive")));

            assertThat(await(library, now -> now.history().details() != null).fragments())
                    .isEqualTo(FragmentList.EMPTY);
        }
    }

    @Test
    void the_next_librarian_goes_on_where_the_last_one_was() {
        AtomicInteger puts = new AtomicInteger();
        Library before = new Library(new LocalVideoStore(folder));
        try (Librarian reading = Librarian.start(kafka, before, new SimpleMeterRegistry())) {
            committed(() -> write(Topic.SEGMENTS, records.header()));
            await(before, now -> now.fragments().has(0));
        }
        Library library = new Library(counting(new LocalVideoStore(folder), puts));
        try (Librarian reading = Librarian.start(kafka, library, new SimpleMeterRegistry())) {
            committed(() -> write(Topic.SEGMENTS, records.segment(0, 24, true)));

            assertThat(await(library, now -> now.fragments().complete())
                            .fragments()
                            .next())
                    .isEqualTo(2);
            assertThat(puts).as("the header is not written again").hasValue(1);
        }
    }

    @Test
    void a_record_that_could_not_be_kept_before_the_end_is_read_again() {
        Library before = new Library(full(new LocalVideoStore(folder)));
        try (Librarian reading = Librarian.start(kafka, before, new SimpleMeterRegistry())) {
            committed(() -> {
                write(Topic.PROMPTS, records.prompt("a drive"));
                write(Topic.SEGMENTS, records.header());
                write(Topic.SEGMENTS, records.segment(0, 24, true));
            });
            await(before, now -> now.fragments().has(0));
        }

        Library after = new Library(new LocalVideoStore(folder));
        try (Librarian reading = Librarian.start(kafka, after, new SimpleMeterRegistry())) {
            assertThat(await(after, now -> now.fragments().complete())
                            .fragments()
                            .next())
                    .isEqualTo(2);
        }
    }

    /** Takes the video's header and documents, and nothing more of it; videos of other tests as ever. */
    private VideoStore full(VideoStore store) {
        return (VideoStore) Proxy.newProxyInstance(
                VideoStore.class.getClassLoader(), new Class<?>[] {VideoStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("put")
                            && args[0].equals(id)
                            && ((StoredFragment) args[1]).number() > 0) {
                        throw new UncheckedIOException(new IOException("there is no room"));
                    }
                    return method.invoke(store, args);
                });
    }

    /** Of this test's video: others of this broker may be read beside it. */
    private VideoStore counting(VideoStore store, AtomicInteger puts) {
        return (VideoStore) Proxy.newProxyInstance(
                VideoStore.class.getClassLoader(), new Class<?>[] {VideoStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("put") && args[0].equals(id)) {
                        puts.incrementAndGet();
                    }
                    return method.invoke(store, args);
                });
    }

    private LibraryVideo await(Library library, Predicate<LibraryVideo> condition) {
        return library.videos()
                .await(id, condition, DEADLINE)
                .join()
                .filter(condition)
                .orElseThrow();
    }

    private void committed(Runnable writes) {
        platform.beginTransaction();
        writes.run();
        platform.flush(); // a commit alone may overtake what was sent last
        platform.commitTransaction();
    }

    private void write(Topic topic, SpecificRecordBase record) {
        raw(topic, Wire.encode(record));
    }

    private void raw(Topic topic, byte[] value) {
        platform.send(new ProducerRecord<>(topic.topicName(), id, value));
    }
}
