package io.longtake.client;

import static io.longtake.client.FilmPieces.piece;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.broker.SharedBroker;
import io.longtake.event.CancelEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.FilmFragment;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.payload.FrameBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class LongtakeClientIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final String videoId = UUID.randomUUID().toString();
    private final KafkaConnection kafka;
    private final LongtakeClient client;
    private final KafkaProducer<String, byte[]> platform;

    LongtakeClientIT(KafkaConnection kafka) {
        this.kafka = kafka;
        this.client = new LongtakeClient(kafka);
        this.platform = new KafkaProducer<>(
                kafka.with(Map.of("transactional.id", "platform-" + videoId)),
                new StringSerializer(),
                new ByteArraySerializer());
        platform.initTransactions();
    }

    @AfterEach
    void close() {
        platform.close();
        client.close();
    }

    @Test
    void what_is_asked_for_lies_on_the_prompts_topic_in_the_order_of_asking() {
        PromptEvent prompt = PromptEvent.newBuilder()
                .setVideoId(videoId)
                .setPrompt("a road by night")
                .setSeed(7)
                .setSeconds(4)
                .build();

        client.send(prompt);
        client.extend(videoId, 2.5);
        client.cancel(videoId, "enough");

        try (VideoRecords prompts = new VideoRecords(kafka, Topic.PROMPTS, videoId, Instant.EPOCH)) {
            assertThat(prompts.poll(PromptEvent.class, SOON)).contains(prompt);
            assertThat(prompts.poll(ExtendEvent.class, SOON)).contains(new ExtendEvent(videoId, 2.5));
            assertThat(prompts.poll(CancelEvent.class, SOON)).contains(new CancelEvent(videoId, "enough"));
        }
    }

    @Test
    void a_video_id_that_is_no_uuid_is_refused_before_anything_is_sent() {
        assertThatThrownBy(() -> client.cancel("holiday", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("video_id: expected a UUID in canonical form, got 'holiday'");
        assertThatThrownBy(() -> client.events(videoId.toUpperCase())).hasMessageContaining("canonical form");
        assertThatThrownBy(() -> client.film("1-1-1-1-1")).hasMessageContaining("canonical form");
    }

    @Test
    void no_film_is_extended_by_nothing() {
        assertThatThrownBy(() -> client.extend(videoId, 0)).hasMessageContaining("above 0, got 0.0");
        assertThatThrownBy(() -> client.extend(videoId, Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> client.extend(videoId, Double.POSITIVE_INFINITY))
                .hasMessageContaining("got Infinity");
    }

    @Test
    void events_of_the_film_come_from_the_beginning_to_the_last_one() {
        committed(
                Topic.VIDEOS,
                event(VideoEventKind.ACCEPTED),
                event(VideoEventKind.STITCHED),
                event(VideoEventKind.FINISHED));

        try (VideoEvents events = client.events(videoId)) {
            assertThat(events.poll(SOON)).map(VideoEvent::getKind).contains(VideoEventKind.ACCEPTED);
            assertThat(events.poll(SOON)).map(VideoEvent::getKind).contains(VideoEventKind.STITCHED);
            assertThat(events.isDone()).isFalse();
            assertThat(events.poll(SOON)).map(VideoEvent::getKind).contains(VideoEventKind.FINISHED);
            assertThat(events.isDone()).isTrue();
            assertThat(events.poll(SOON)).isEmpty();
        }
    }

    @Test
    void events_of_other_films_and_aborted_ones_and_garbage_do_not_show() {
        platform.beginTransaction();
        write(Topic.VIDEOS, videoId, Wire.encode(event(VideoEventKind.FAILED)));
        platform.abortTransaction();
        platform.beginTransaction();
        write(Topic.VIDEOS, videoId, new byte[] {(byte) 0xC3, 1, 0});
        write(Topic.VIDEOS, videoId, null);
        write(Topic.VIDEOS, null, Wire.encode(event(VideoEventKind.FAILED)));
        write(Topic.VIDEOS, videoId, Wire.encode(new CancelEvent(videoId, "on the wrong topic")));
        for (int i = 0; i < 20; i++) {
            write(Topic.VIDEOS, UUID.randomUUID().toString(), Wire.encode(event(VideoEventKind.FAILED)));
        }
        write(Topic.VIDEOS, videoId, Wire.encode(event(VideoEventKind.CANCELLED)));
        platform.commitTransaction();

        try (VideoEvents events = client.events(videoId)) {
            assertThat(events.poll(SOON)).map(VideoEvent::getKind).contains(VideoEventKind.CANCELLED);
        }
    }

    @Test
    void a_subscription_from_a_time_on_passes_over_what_came_before() {
        // Ahead of every other record of the partition, and within the hour that a broker allows.
        Instant later = Instant.now().plusSeconds(1800);
        platform.beginTransaction();
        writeAt(later.minusSeconds(60), event(VideoEventKind.ACCEPTED));
        writeAt(later, event(VideoEventKind.STITCHED));
        platform.commitTransaction();

        try (VideoEvents events = client.events(videoId, later)) {
            assertThat(events.poll(SOON)).map(VideoEvent::getKind).contains(VideoEventKind.STITCHED);
        }
    }

    @Test
    void a_subscription_from_now_on_sees_what_comes_after_it_was_asked_for() {
        try (VideoEvents events = client.events(videoId, Instant.now().plusSeconds(3600))) {
            committed(Topic.VIDEOS, event(VideoEventKind.ACCEPTED));

            assertThat(events.poll(SOON)).map(VideoEvent::getKind).contains(VideoEventKind.ACCEPTED);
        }
    }

    @Test
    void nothing_comes_where_nothing_is() {
        try (VideoEvents events = client.events(videoId)) {
            assertThat(events.poll(Duration.ofMillis(1))).isEmpty();
            assertThat(events.isDone()).isFalse();
        }
    }

    @Test
    void the_film_comes_once_and_in_order_whatever_else_lies_between() {
        platform.beginTransaction();
        write(Topic.SEGMENTS, videoId, Wire.encode(piece(videoId, 0, 0, 1, false)));
        write(Topic.SEGMENTS, videoId, new byte[] {1, 2, 3});
        write(Topic.SEGMENTS, videoId, Wire.encode(piece(videoId, 1, 0, 2, false)));
        write(Topic.SEGMENTS, videoId, Wire.encode(piece(videoId, 0, 0, 1, false)));
        write(Topic.SEGMENTS, videoId, Wire.encode(piece(videoId, 1, 0, 2, false)));
        write(Topic.SEGMENTS, videoId, Wire.encode(piece(videoId, 1, 1, 2, false)));
        write(Topic.SEGMENTS, videoId, Wire.encode(piece(UUID.randomUUID().toString(), 2, 0, 1, true)));
        write(Topic.SEGMENTS, videoId, null);
        write(Topic.SEGMENTS, videoId, Wire.encode(piece(videoId, 2, 0, 1, true)));
        platform.commitTransaction();

        assertThat(film())
                .containsExactly(
                        piece(videoId, 0, 0, 1, false),
                        piece(videoId, 1, 0, 2, false),
                        piece(videoId, 1, 1, 2, false),
                        piece(videoId, 2, 0, 1, true));
        assertThat(film()).as("history replays").hasSize(4);
    }

    @Test
    void frame_batches_come_once_and_in_order_whatever_lies_between() {
        FrameBatch first = batch(0, 0, false);
        FrameBatch second = batch(1, 3, true);
        platform.beginTransaction();
        for (FrameBatch batch : List.of(second, first, first)) {
            batch.toChunks().forEach(chunk -> write(Topic.FRAMES, videoId, Wire.encode(chunk)));
            write(Topic.FRAMES, videoId, new byte[] {1, 2, 3});
        }
        platform.commitTransaction();

        try (FrameSubscription frames = client.frames(videoId)) {
            assertThat(frames.poll(SOON)).contains(first);
            assertThat(frames.poll(SOON)).contains(second);
            assertThat(frames.isDone()).isTrue();
            assertThat(frames.poll(SOON)).isEmpty();
        }
    }

    private FrameBatch batch(int segment, long firstFrame, boolean last) {
        return FrameBatches.raw(videoId, segment, firstFrame, 3, last);
    }

    private List<FilmFragment> film() {
        List<FilmFragment> pieces = new ArrayList<>();
        try (FilmSubscription film = client.film(videoId)) {
            while (!film.isDone()) {
                pieces.add(film.poll(SOON).orElseThrow());
            }
            assertThat(film.poll(SOON)).isEmpty();
        }
        return pieces;
    }

    private void committed(Topic topic, SpecificRecordBase... records) {
        platform.beginTransaction();
        for (SpecificRecordBase record : records) {
            write(topic, videoId, Wire.encode(record));
        }
        platform.commitTransaction();
    }

    private void write(Topic topic, String key, byte[] value) {
        platform.send(new ProducerRecord<>(topic.topicName(), key, value));
    }

    private void writeAt(Instant time, SpecificRecordBase record) {
        platform.send(new ProducerRecord<>(
                Topic.VIDEOS.topicName(), null, time.toEpochMilli(), videoId, Wire.encode(record)));
    }

    private VideoEvent event(VideoEventKind kind) {
        return VideoEvent.newBuilder()
                .setVideoId(videoId)
                .setKind(kind)
                .setAt(Instant.ofEpochMilli(1_000))
                .build();
    }
}
