package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.NewerRecords;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.meter.OddRecords;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A librarian whose Kafka does what a test says. */
class LibrarianTest {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final List<TopicPartition> READ = Stream.of(Topic.PROMPTS, Topic.VIDEOS, Topic.SEGMENTS)
            .map(topic -> new TopicPartition(topic.topicName(), 0))
            .toList();

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private final Records records = new Records(id);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void an_event_without_its_stage_is_passed_over_and_counted_and_the_next_one_is_read() {
        Library library = new Library(new LocalVideoStore(folder));
        FakeKafka kafka = new FakeKafka();
        kafka.has(Topic.VIDEOS, records.accepted(24, 24));
        kafka.has(Topic.VIDEOS, records.event(VideoEventKind.STAGE_DONE, 24));
        kafka.has(Topic.VIDEOS, done("decode"));

        try (Librarian librarian = librarian(library, kafka)) {
            LibraryVideo video = await(library, now -> now.history().lastEvent() == 2);

            assertThat(video.history().stages()).containsEntry("decode", 24L);
            assertThat(librarian.failure()).isEmpty();
            assertThat(skipped(Topic.VIDEOS)).isEqualTo(1);
        }
    }

    @Test
    void an_event_on_the_topic_of_prompts_says_nothing_of_a_video() {
        Library library = new Library(new LocalVideoStore(folder));
        FakeKafka kafka = new FakeKafka();
        kafka.has(Topic.PROMPTS, records.event(VideoEventKind.FINISHED, 24));
        kafka.has(Topic.PROMPTS, records.prompt("a drive"));

        try (Librarian librarian = librarian(library, kafka)) {
            LibraryVideo video = await(library, now -> now.history().details() != null);

            assertThat(video.history().lastEvent()).isEqualTo(-1);
        }
    }

    @Test
    void a_record_that_breaks_the_library_in_a_way_that_nobody_foresaw_is_passed_over() {
        Library library = new Library(breaking(new LocalVideoStore(folder)));
        FakeKafka kafka = new FakeKafka();
        kafka.has(Topic.SEGMENTS, records.header());
        kafka.has(Topic.PROMPTS, records.prompt("a drive"));

        try (Librarian librarian = librarian(library, kafka)) {
            LibraryVideo video = await(library, now -> now.history().details() != null);

            assertThat(video.fragments()).isEqualTo(FragmentList.EMPTY);
            assertThat(skipped(Topic.SEGMENTS)).isEqualTo(1);
        }
    }

    @Test
    void a_kafka_that_fails_is_asked_again_from_where_it_was_read_last() {
        Library library = new Library(new LocalVideoStore(folder));
        FakeKafka failing = new FakeKafka();
        failing.has(Topic.PROMPTS, records.prompt("a drive"));
        failing.fails(new DisconnectException("the broker is gone"));
        FakeKafka unreachable = new FakeKafka();
        unreachable.refuses(new KafkaException("no address"));
        FakeKafka again = new FakeKafka();
        again.has(Topic.VIDEOS, records.accepted(24, 24));

        try (Librarian librarian = librarian(library, failing, unreachable, again)) {
            LibraryVideo video = await(library, now -> now.history().totalFrames() == 24);

            assertThat(video.history().details().prompt()).isEqualTo("a drive");
            assertThat(again.began(Topic.PROMPTS)).isEqualTo(1);
            assertThat(librarian.failure()).isEmpty();
        }
    }

    @Test
    void a_kafka_that_forbids_it_ends_it_with_the_reason() throws InterruptedException {
        FakeKafka kafka = new FakeKafka();
        kafka.fails(new TopicAuthorizationException("longtake.videos"));

        try (Librarian librarian = librarian(new Library(new LocalVideoStore(folder)), kafka)) {
            kafka.awaitClosed();

            assertThat(librarian.failure()).hasValueSatisfying(why -> assertThat(why)
                    .contains("TopicAuthorizationException", "longtake.videos"));
            assertThat(librarian.ready()).isFalse();
        }
    }

    @Test
    void an_event_of_a_later_version_is_passed_over_and_read_after_the_upgrade() {
        VideoEvent another = new Records(UUID.randomUUID().toString()).accepted(24, 24);
        FakeKafka kafka = new FakeKafka();
        kafka.has(Topic.VIDEOS, records.accepted(24, 24));
        kafka.has(Topic.VIDEOS, id, NewerRecords.encode(done("decode")));
        kafka.has(Topic.VIDEOS, another);
        Library before = new Library(new LocalVideoStore(folder));
        try (Librarian librarian = librarian(before, kafka)) {
            LibraryVideo served =
                    await(before, another.getVideoId(), now -> now.history().totalFrames() == 24);

            assertThat(served.history().lastEvent()).isEqualTo(2);
            assertThat(before.videos().find(id).orElseThrow().history().stages())
                    .containsEntry("decode", 0L);
            assertThat(skipped(Topic.VIDEOS)).isEqualTo(1);
            assertThat(librarian.failure()).isEmpty();
        }
        FakeKafka again = new FakeKafka();
        again.ends(Topic.VIDEOS, 1);
        again.has(Topic.VIDEOS, id, NewerRecords.encode(done("decode")));
        again.has(Topic.VIDEOS, another);

        Library after = new Library(new LocalVideoStore(folder));
        RecordDecoder later = NewerRecords.decoder(VideoEvent.getClassSchema());
        try (Librarian upgraded = new Librarian(
                        after,
                        "cluster",
                        again::connect,
                        Duration.ofMillis(1),
                        new OddRecords("librarian", meters),
                        later)
                .start()) {
            LibraryVideo video = await(after, id, now -> now.history().lastEvent() == 1);

            assertThat(video.history().stages()).containsEntry("decode", 24L);
            assertThat(again.began(Topic.VIDEOS)).isEqualTo(1);
            assertThat(upgraded.failure()).isEmpty();
        }
    }

    private Librarian librarian(Library library, FakeKafka... kafkas) {
        Queue<FakeKafka> next = new ArrayDeque<>(Arrays.asList(kafkas));
        return new Librarian(
                        library,
                        "cluster",
                        () -> next.remove().connect(),
                        Duration.ofMillis(1),
                        new OddRecords("librarian", meters),
                        RecordDecoder.ours())
                .start();
    }

    private double skipped(Topic topic) {
        return meters.get(OddRecords.SKIPPED)
                .tags("reader", "librarian", "topic", topic.topicName())
                .counter()
                .count();
    }

    private VideoEvent done(String stage) {
        return VideoEvent.newBuilder(records.event(VideoEventKind.STAGE_DONE, 24))
                .setStage(stage)
                .build();
    }

    private LibraryVideo await(Library library, Predicate<LibraryVideo> condition) {
        return await(library, id, condition);
    }

    private static LibraryVideo await(Library library, String video, Predicate<LibraryVideo> condition) {
        return library.videos()
                .await(video, condition, DEADLINE)
                .join()
                .filter(condition)
                .orElseThrow();
    }

    private static VideoStore breaking(VideoStore store) {
        return (VideoStore) Proxy.newProxyInstance(
                VideoStore.class.getClassLoader(), new Class<?>[] {VideoStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("put")) {
                        throw new ArithmeticException("nobody foresaw this");
                    }
                    return method.invoke(store, args);
                });
    }

    /** One connection to a Kafka with one partition a topic. */
    private static final class FakeKafka {

        private final CountDownLatch closed = new CountDownLatch(1);
        private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest") {
            @Override
            public synchronized void close(CloseOptions options) {
                super.close(options);
                closed.countDown();
            }
        };
        private final Map<TopicPartition, Long> began = new ConcurrentHashMap<>();
        private final Map<TopicPartition, Long> ends = new HashMap<>();
        private KafkaException refusal;

        FakeKafka() {
            READ.forEach(partition -> ends.put(partition, 0L));
            consumer.schedulePollTask(
                    () -> READ.forEach(partition -> began.put(partition, consumer.position(partition))));
        }

        /** With a poll of its own, in this order. */
        void has(Topic topic, SpecificRecordBase record) {
            has(topic, record.get("video_id").toString(), Wire.encode(record));
        }

        void has(Topic topic, String key, byte[] record) {
            TopicPartition partition = new TopicPartition(topic.topicName(), 0);
            long offset = ends.merge(partition, 1L, Long::sum) - 1;
            ConsumerRecord<String, byte[]> lies = new ConsumerRecord<>(topic.topicName(), 0, offset, key, record);
            consumer.schedulePollTask(() -> consumer.addRecord(lies));
        }

        /** What is before is there, and is not given. */
        void ends(Topic topic, long end) {
            ends.put(new TopicPartition(topic.topicName(), 0), end);
        }

        void fails(KafkaException fault) {
            consumer.scheduleNopPollTask(); // what came before is taken
            consumer.schedulePollTask(() -> consumer.setPollException(fault));
        }

        void refuses(KafkaException fault) {
            refusal = fault;
        }

        Consumer<String, byte[]> connect() {
            if (refusal != null) {
                throw refusal;
            }
            READ.forEach(partition -> consumer.updatePartitions(
                    partition.topic(),
                    List.of(new PartitionInfo(partition.topic(), 0, Node.noNode(), new Node[0], new Node[0]))));
            consumer.updateBeginningOffsets(
                    READ.stream().collect(Collectors.toMap(partition -> partition, partition -> 0L)));
            consumer.updateEndOffsets(ends);
            return consumer;
        }

        long began(Topic topic) {
            return began.get(new TopicPartition(topic.topicName(), 0));
        }

        void awaitClosed() throws InterruptedException {
            closed.await();
        }
    }
}
