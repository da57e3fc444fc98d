package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Principal;
import io.longtake.event.Topic;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Servers of videos over one Kafka and one bucket, both real. */
@ExtendWith(SharedBroker.class)
class SharedLibraryIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @TempDir
    private static Path folder;

    private static S3Server s3;

    private final KafkaConnection kafka;
    private final String prefix = UUID.randomUUID() + "/";
    private final String id = UUID.randomUUID().toString();
    private final Records records = new Records(id);
    private final List<Server> running = new ArrayList<>();
    private KafkaProducer<String, byte[]> platform;

    SharedLibraryIT(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    /** What 'longtake up' has of videos. */
    private record Server(S3VideoStore store, Deletions deletions, Library library, Librarian librarian)
            implements AutoCloseable {

        @Override
        public void close() {
            librarian.close();
            deletions.close();
            store.close();
        }
    }

    @BeforeAll
    static void serve() {
        s3 = S3Server.start(folder);
    }

    @AfterAll
    static void serveNoMore() {
        s3.close();
    }

    @BeforeEach
    void connect() {
        platform = new KafkaProducer<>(kafka.with(Map.of()), new StringSerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void disconnect() {
        running.forEach(Server::close);
        platform.close();
    }

    @Test
    void a_video_is_served_by_both_and_deleted_on_one_it_is_gone_from_both() {
        Server one = server();
        Server other = server();
        write(Topic.PROMPTS, records.prompt("a drive"));
        write(Topic.VIDEOS, records.accepted(24, 24));
        write(Topic.SEGMENTS, records.header());
        write(Topic.SEGMENTS, records.segment(0, 24, true));
        write(Topic.VIDEOS, records.event(VideoEventKind.FINISHED, 24));

        for (Server server : List.of(one, other)) {
            LibraryVideo video = await(
                    server,
                    now -> now.status() == VideoHistory.Status.FINISHED
                            && now.history().details() != null);
            assertThat(server.store().read(id, video.fragments().all().get(1), 0, 2))
                    .isEqualTo(Records.bytes(1));
        }

        one.library().delete(Principal.ANONYMOUS, id);

        assertThat(one.library().videos().find(id)).isEmpty();
        until(() -> other.library().videos().find(id).isEmpty());
        until(() -> other.library().wasDeleted(id)
                && other.store().listing(id).fragments().isEmpty());
        assertThat(server().library().wasDeleted(id))
                .as("nor on one that starts now")
                .isTrue();
    }

    @Test
    void one_that_starts_goes_on_where_another_was() {
        Server before = server();
        write(Topic.PROMPTS, records.prompt("a drive"));
        write(Topic.SEGMENTS, records.header());
        await(before, now -> now.fragments().has(0) && now.history().details() != null);
        stop(before);

        Server after = server();

        assertThat(after.library().positions(cluster(after))).isNotEmpty();
        assertThat(await(after, now -> true).history().details().prompt()).isEqualTo("a drive");
        write(Topic.SEGMENTS, records.segment(0, 24, true));
        assertThat(await(after, now -> now.fragments().complete()).fragments().next())
                .isEqualTo(2);
    }

    @Test
    void a_store_that_is_away_for_a_while_loses_nothing() {
        Server server = server();
        write(Topic.PROMPTS, records.prompt("a drive"));
        write(Topic.SEGMENTS, records.header());
        await(server, now -> now.fragments().has(0));
        until(() -> server.librarian().ready());

        s3.stop();
        try {
            records.large(1).forEach(chunk -> write(Topic.SEGMENTS, chunk));
            write(Topic.SEGMENTS, records.segment(1, 24, true));
            until(() -> !server.librarian().ready());
            assertThat(server.library()
                            .videos()
                            .find(id)
                            .orElseThrow()
                            .fragments()
                            .next())
                    .as("nothing is listed that is not in the store")
                    .isEqualTo(1);
        } finally {
            s3.start();
        }

        LibraryVideo video = await(server, now -> now.fragments().complete());
        until(() -> server.librarian().ready());
        assertThat(server().store().fragments(id)).isEqualTo(video.fragments().all());
    }

    @Test
    void one_that_ends_while_the_store_is_away_leaves_nothing_out() {
        Server before = server();
        write(Topic.SEGMENTS, records.header());
        await(before, now -> now.fragments().has(0));

        s3.stop();
        try {
            for (int segment = 0; segment < 5; segment++) {
                write(Topic.SEGMENTS, records.segment(segment, 24, segment == 4));
            }
            until(() -> !before.librarian().ready());
            stop(before);
        } finally {
            s3.start();
        }

        assertThat(await(server(), now -> now.fragments().complete())
                        .fragments()
                        .next())
                .isEqualTo(6);
    }

    private Server server() {
        S3VideoStore store = S3VideoStore.open(s3.place(prefix), Patience.none());
        Deletions deletions = new Deletions(kafka);
        Library library = new Library(store, deletions::announce);
        Server server =
                new Server(store, deletions, library, Librarian.start(kafka, library, new SimpleMeterRegistry()));
        running.add(server);
        return server;
    }

    private void stop(Server server) {
        running.remove(server);
        server.close();
    }

    private static String cluster(Server server) {
        return Positions.in(server.store()).orElseThrow().cluster();
    }

    private LibraryVideo await(Server server, Predicate<LibraryVideo> condition) {
        Optional<LibraryVideo> video =
                server.library().videos().await(id, condition, DEADLINE).join();
        assertThat(video).hasValueSatisfying(now -> assertThat(condition).accepts(now));
        return video.orElseThrow();
    }

    private static void until(Callable<Boolean> condition) {
        Waiting.until("the servers to come to that", DEADLINE, condition);
    }

    private void write(Topic topic, SpecificRecordBase record) {
        platform.send(new ProducerRecord<>(topic.topicName(), id, Wire.encode(record)));
        platform.flush();
    }
}
