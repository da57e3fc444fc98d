package io.longtake.client;

import static io.longtake.client.Fragments.fragment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.broker.SharedBroker;
import io.longtake.event.CancelEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.PayloadMissingException;
import io.longtake.video.Codec;
import io.longtake.video.FrameEncoder;
import io.longtake.video.Scenes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class LongtakeClientIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Prompt prompt = Prompt.of("a road by night").seed(7);
    private final String videoId = prompt.id();
    private final KafkaConnection kafka;
    private final LongtakeClient client;
    private final Video video;
    private final PlatformWriter platform;

    LongtakeClientIT(KafkaConnection kafka) {
        this.kafka = kafka;
        this.client = LongtakeClient.create(kafka);
        this.video = client.video(videoId);
        this.platform = new PlatformWriter(kafka, videoId);
    }

    @AfterEach
    void close() {
        platform.close();
        client.close();
    }

    @Test
    void what_is_asked_for_lies_on_the_prompts_topic_in_the_order_of_asking() {
        Video ordered = client.send(prompt);
        ordered.extend(2.5);
        ordered.cancel("enough");

        assertThat(ordered.id()).isEqualTo(videoId);
        Start start = new Start.Since(Instant.EPOCH);
        try (VideoRecords prompts = new VideoRecords(kafka, videoId, Set.of(Topic.PROMPTS), start)) {
            prompts.start();
            List<SpecificRecordBase> orders = new ArrayList<>();
            while (orders.size() < 3) {
                orders.add(prompts.poll(SOON).orElseThrow().record());
            }
            assertThat(orders)
                    .containsExactly(prompt.event(), new ExtendEvent(videoId, 2.5), new CancelEvent(videoId, "enough"));
        }
    }

    @Test
    void a_video_id_that_is_no_uuid_is_refused_before_anything_is_sent() {
        assertThatThrownBy(() -> client.video("holiday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("video_id: expected a UUID in its canonical form, got 'holiday'");
        assertThatThrownBy(() -> client.video(videoId.toUpperCase(Locale.ROOT))).hasMessageContaining("canonical form");
        assertThatThrownBy(() -> client.video("1-1-1-1-1")).hasMessageContaining("canonical form");
    }

    @Test
    void no_video_is_extended_by_nothing() {
        assertThatThrownBy(() -> video.extend(0)).hasMessageContaining("above 0, got 0.0");
        assertThatThrownBy(() -> video.extend(Double.NaN)).hasMessageContaining("got NaN");
        assertThatThrownBy(() -> video.extend(Double.POSITIVE_INFINITY)).hasMessageContaining("got Infinity");
    }

    @Test
    void events_of_the_video_come_from_the_beginning_to_the_last_one() {
        platform.committed(
                Topic.VIDEOS,
                event(VideoEventKind.ACCEPTED),
                event(VideoEventKind.STITCHED),
                event(VideoEventKind.FINISHED));

        try (Cursor<VideoEvent> events = video.events().open()) {
            List<VideoEventKind> kinds = new ArrayList<>();
            events.forEachRemaining(event -> kinds.add(event.item().getKind()));
            assertThat(kinds)
                    .containsExactly(VideoEventKind.ACCEPTED, VideoEventKind.STITCHED, VideoEventKind.FINISHED);
            assertThat(events.isDone()).isTrue();
            assertThat(events.poll(SOON)).isEmpty();
        }
    }

    @Test
    void events_of_other_videos_and_aborted_ones_and_garbage_do_not_show() {
        platform.aborted(() -> platform.write(Topic.VIDEOS, event(VideoEventKind.FAILED)));
        platform.committed(() -> {
            platform.write(Topic.VIDEOS, videoId, new byte[] {(byte) 0xC3, 1, 0});
            platform.write(Topic.VIDEOS, videoId, null);
            platform.write(Topic.VIDEOS, null, Wire.encode(event(VideoEventKind.FAILED)));
            platform.write(Topic.VIDEOS, new CancelEvent(videoId, "on the wrong topic"));
            for (int i = 0; i < 20; i++) {
                String other = UUID.randomUUID().toString();
                platform.write(Topic.VIDEOS, other, Wire.encode(event(VideoEventKind.FAILED)));
            }
            platform.write(Topic.VIDEOS, event(VideoEventKind.CANCELLED));
        });

        assertThat(kinds(video.events())).containsExactly(VideoEventKind.CANCELLED);
    }

    @Test
    void a_refusal_that_other_news_follow_is_not_the_end() {
        platform.committed(
                Topic.VIDEOS, refused(Instant.ofEpochMilli(1_000)), accepted(), event(VideoEventKind.FINISHED));
        platform.committed(batch(0, 0, true));
        platform.committed(Topic.SEGMENTS, fragment(videoId, 0, 0, 1, false), fragment(videoId, 1, 0, 1, true));

        assertThat(kinds(video.events())).containsExactly(VideoEventKind.ACCEPTED, VideoEventKind.FINISHED);
        assertThat(items(video.frames())).hasSize(1);
        assertThat(items(video.file())).hasSize(2);
    }

    @Test
    void a_refusal_that_nothing_follows_is_the_end_and_so_is_the_second_one() {
        platform.committed(Topic.VIDEOS, refused(Instant.ofEpochMilli(1_000)), refused(Instant.ofEpochMilli(2_000)));

        List<VideoEvent> events = items(video.events());

        assertThat(events).extracting(VideoEvent::getAt).containsExactly(Instant.ofEpochMilli(2_000));
        try (Cursor<Fragment> file = video.file().open()) {
            assertThatThrownBy(() -> file.poll(SOON))
                    .isInstanceOf(VideoEndedException.class)
                    .hasMessage("the video failed: no");
        }
    }

    @Test
    void a_refusal_from_before_this_clients_own_prompt_is_not_its_end() {
        platform.committed(Topic.VIDEOS, refused(Instant.ofEpochMilli(1_000)));
        Video ordered = client.send(prompt);

        try (Cursor<VideoEvent> events = ordered.events().open();
                Cursor<Fragment> file = ordered.file().open()) {
            assertThat(events.poll(Duration.ofMillis(1))).isEmpty();
            assertThat(file.poll(Duration.ofMillis(1))).isEmpty();
            platform.committed(Topic.VIDEOS, accepted(), event(VideoEventKind.FINISHED));
            platform.committed(Topic.SEGMENTS, fragment(videoId, 0, 0, 1, true));

            assertThat(events.next().item().getKind()).isEqualTo(VideoEventKind.ACCEPTED);
            assertThat(file.next().item().last()).isTrue();
        }
    }

    @Test
    void the_refusal_of_this_clients_own_prompt_is_its_end() {
        Video ordered = client.send(prompt);
        platform.committed(Topic.VIDEOS, refused(Instant.now().plusSeconds(60)));

        assertThat(kinds(ordered.events())).containsExactly(VideoEventKind.FAILED);
    }

    @Test
    void what_nobody_can_use_is_passed_over_and_counted() {
        VideoEvent without = VideoEvent.newBuilder(event(VideoEventKind.STAGE_DONE))
                .setStage(null)
                .build();
        platform.committed(() -> {
            platform.write(Topic.VIDEOS, without);
            platform.write(Topic.VIDEOS, videoId, new byte[] {1, 2, 3});
            platform.write(Topic.VIDEOS, event(VideoEventKind.FINISHED));
        });

        try (Cursor<VideoEvent> events = video.events().open()) {
            assertThat(events.next().item().getKind()).isEqualTo(VideoEventKind.FINISHED);
            assertThat(events.skipped()).isEqualTo(2);
        }
    }

    @Test
    void a_prompt_that_fits_no_record_is_refused_as_kafka_would() {
        Prompt endless = Prompt.of("x".repeat(2_000_000));

        assertThatThrownBy(() -> client.send(endless)).isInstanceOf(RecordTooLargeException.class);
    }

    @Test
    void a_feed_from_a_time_on_passes_over_what_came_before() {
        // Ahead of every other record of the partition, and within the hour that a broker allows.
        Instant later = Instant.now().plusSeconds(1800);
        platform.committed(() -> {
            platform.writeAt(later.minusSeconds(60), Topic.VIDEOS, event(VideoEventKind.ACCEPTED));
            platform.writeAt(later, Topic.VIDEOS, event(VideoEventKind.FINISHED));
        });

        assertThat(kinds(video.events().since(later))).containsExactly(VideoEventKind.FINISHED);
    }

    @Test
    void a_feed_from_now_on_has_what_comes_after_it_was_opened() {
        try (Cursor<VideoEvent> events =
                video.events().since(Instant.now().plusSeconds(3600)).open()) {
            platform.committed(Topic.VIDEOS, event(VideoEventKind.ACCEPTED));

            assertThat(events.poll(SOON)).map(event -> event.item().getKind()).contains(VideoEventKind.ACCEPTED);
        }
    }

    @Test
    void nothing_comes_where_nothing_is() {
        try (Cursor<VideoEvent> events = video.events().open()) {
            assertThat(events.poll(Duration.ofMillis(1))).isEmpty();
            assertThat(events.isDone()).isFalse();
        }
    }

    @Test
    void the_video_comes_once_and_in_order_whatever_else_lies_between() {
        platform.committed(() -> {
            platform.write(Topic.SEGMENTS, fragment(videoId, 0, 0, 1, false));
            platform.write(Topic.SEGMENTS, videoId, new byte[] {1, 2, 3});
            platform.write(Topic.SEGMENTS, fragment(videoId, 1, 0, 2, false));
            platform.write(Topic.SEGMENTS, fragment(videoId, 0, 0, 1, false));
            platform.write(Topic.SEGMENTS, fragment(videoId, 1, 0, 2, false));
            platform.write(Topic.SEGMENTS, fragment(videoId, 1, 1, 2, false));
            platform.write(Topic.SEGMENTS, fragment(UUID.randomUUID().toString(), 2, 0, 1, true));
            platform.write(Topic.SEGMENTS, videoId, null);
            platform.write(Topic.SEGMENTS, fragment(videoId, 2, 0, 1, true));
        });

        List<Fragment> fragments = items(video.file());
        assertThat(fragments).extracting(Fragment::fragment).containsExactly(0, 1, 2);
        assertThat(fragments).extracting(fragment -> fragment.bytes().length).containsExactly(2, 786_434, 2);
        assertThat(fragments).extracting(Fragment::last).containsExactly(false, false, true);
        assertThat(items(video.file())).as("history replays").isEqualTo(fragments);
    }

    @Test
    void frame_batches_come_once_and_in_order_whatever_lies_between() {
        FrameBatch first = batch(0, 0, false);
        FrameBatch second = batch(1, 3, true);
        platform.committed(() -> {
            for (FrameBatch batch : List.of(second, first, first)) {
                batch.toChunks().forEach(chunk -> platform.write(Topic.FRAMES, chunk));
                platform.write(Topic.FRAMES, videoId, new byte[] {1, 2, 3});
            }
        });

        assertThat(items(video.frames())).containsExactly(first, second);
    }

    @Test
    void whoever_goes_on_from_any_position_has_the_rest_and_nothing_twice() {
        List<FrameBatch> batches = List.of(batch(0, 0, false), batch(1, 3, false), batch(2, 6, true));
        platform.committed(() -> {
            for (int segment : new int[] {2, 0, 1}) {
                batches.get(segment).toChunks().forEach(chunk -> platform.write(Topic.FRAMES, chunk));
            }
            for (int fragment = 0; fragment < 3; fragment++) {
                platform.write(Topic.SEGMENTS, fragment(videoId, fragment, 0, 1, fragment == 2));
            }
        });
        platform.committed(Topic.VIDEOS, event(VideoEventKind.ACCEPTED), event(VideoEventKind.FINISHED));

        assertThatEveryRestComes(video.frames());
        assertThatEveryRestComes(video.file());
        assertThatEveryRestComes(video.events());
    }

    private static <T> void assertThatEveryRestComes(Feed<T> feed) {
        List<Delivery<T>> all = deliveries(feed);
        for (int i = 0; i < all.size(); i++) {
            Position position = Position.parse(all.get(i).position().toString());
            assertThat(items(feed.from(position)))
                    .as("behind " + position)
                    .isEqualTo(all.stream().skip(i + 1).map(Delivery::item).toList());
        }
    }

    @Test
    void a_position_that_this_kafka_never_reached_is_refused() {
        Position elsewhere = new Position(Topic.FRAMES, videoId, 3, 72, 1L << 40, 0, false);

        assertThatThrownBy(() -> video.frames().from(elsewhere).open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(elsewhere.toString())
                .hasMessageContaining("of another Kafka");
    }

    @Test
    void a_video_that_was_cancelled_ends_with_what_there_is_and_says_so() {
        platform.committed(Topic.VIDEOS, event(VideoEventKind.CANCELLED));
        platform.committed(batch(0, 0, false));

        try (Cursor<FrameBatch> frames = video.frames().open()) {
            assertThat(frames.next().item().segment()).isZero();
            assertThatThrownBy(frames::hasNext)
                    .isInstanceOf(VideoEndedException.class)
                    .hasMessage("the video was cancelled after 3 frames: enough");
        }
        try (Cursor<Fragment> file = video.file().open()) {
            assertThatThrownBy(() -> file.poll(SOON)).isInstanceOf(VideoEndedException.class);
        }
    }

    @Test
    void a_video_that_is_finished_without_its_beginning_is_told_from_one_that_is_made() {
        platform.committed(batch(1, 3, true));
        platform.committed(Topic.VIDEOS, event(VideoEventKind.FINISHED));

        try (Cursor<FrameBatch> frames = video.frames().open()) {
            assertThatThrownBy(frames::hasNext)
                    .isInstanceOf(PayloadMissingException.class)
                    .hasMessageContaining("is finished, but not all of it is on longtake.frames");
        }
    }

    @Test
    void frames_come_as_pixels_too() {
        FrameBatch coded = new FrameBatch(
                videoId, 0, 0, true, new FrameEncoder(Codec.FFV1, 24).encode(Scenes.drive(0, 5, 128, 64)));
        platform.committed(coded);

        List<DecodedBatch> batches = items(video.decodedFrames());

        assertThat(batches).containsExactly(new DecodedBatch(0, 0, true, 24, Scenes.drive(0, 5, 128, 64)));
    }

    private FrameBatch batch(int segment, long firstFrame, boolean last) {
        return FrameBatches.raw(videoId, segment, firstFrame, 3, last);
    }

    private static List<VideoEventKind> kinds(Feed<VideoEvent> events) {
        return items(events).stream().map(VideoEvent::getKind).toList();
    }

    private static <T> List<T> items(Feed<T> feed) {
        return deliveries(feed).stream().map(Delivery::item).toList();
    }

    private static <T> List<Delivery<T>> deliveries(Feed<T> feed) {
        List<Delivery<T>> all = new ArrayList<>();
        try (Cursor<T> cursor = feed.open()) {
            cursor.forEachRemaining(all::add);
        }
        return all;
    }

    private VideoEvent refused(Instant at) {
        return VideoEvent.newBuilder()
                .setVideoId(videoId)
                .setKind(VideoEventKind.FAILED)
                .setMessage("no")
                .setAt(at)
                .build();
    }

    private VideoEvent accepted() {
        return VideoEvent.newBuilder(event(VideoEventKind.ACCEPTED))
                .setTotalFrames(3)
                .build();
    }

    private VideoEvent event(VideoEventKind kind) {
        return VideoEvent.newBuilder()
                .setVideoId(videoId)
                .setKind(kind)
                .setFrames(3)
                .setMessage("enough")
                .setAt(Instant.ofEpochMilli(1_000))
                .build();
    }
}
