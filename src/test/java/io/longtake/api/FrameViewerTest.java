package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longtake.event.Checksum;
import io.longtake.event.Principal;
import io.longtake.video.Codec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Viewers over a network that does only what the test says, at a time that the test says. */
class FrameViewerTest {

    private static final int ROOMY = 1_000_000;
    private static final FrameLimits LIMITS =
            new FrameLimits(10, 10, 4, 1 << 19, 3, Duration.ofSeconds(30), Duration.ofSeconds(15));

    private static final FrameMeters METERS = new FrameMeters(new SimpleMeterRegistry());

    @TempDir
    private Path folder;

    private FakeVideoServices services;
    private String video;
    private long now;

    @BeforeEach
    void order() {
        services = new FakeVideoServices(folder);
        video = services.order(60);
    }

    @Test
    void a_viewer_gets_the_video_as_it_is_made() {
        FakeConnection viewer = viewer("", ROOMY);
        viewer.read();
        assertThat(viewer.told).as("nothing is there").isEmpty();

        grow(0, 0);
        viewer.read();
        assertThat(viewer.types()).containsExactly("header", "batch");
        grow(1, 1);
        viewer.read();
        services.grow(video, 2, true);
        viewer.read();

        assertThat(viewer.types()).containsExactly("header", "batch", "batch", "batch", "end");
        assertThat(joined(viewer.bytes)).isEqualTo(file());
        assertThat(viewer.told.get(0).toString())
                .startsWith("{\"type\":\"header\",\"container\":\"mp4\",\"media_type\":\"video/mp4; codecs=\\\"avc1.")
                .contains("\"width\":64,\"height\":32,\"frame_rate\":24");
        for (int i = 0; i < viewer.bytes.size(); i++) {
            JsonNode announced = viewer.told.get(i);
            assertThat(announced.get("bytes").asInt()).isEqualTo(viewer.bytes.get(i).length);
            assertThat(announced.get("crc32c").asLong()).isEqualTo(Checksum.of(viewer.bytes.get(i)));
        }
        assertThat(viewer.told.get(3).get("last").asBoolean()).isTrue();
        assertThat(viewer.told.get(4)).hasToString("{\"type\":\"end\",\"status\":\"completed\",\"frames\":72}");
        assertThat(viewer.closed).containsExactly(1000);
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"FFV1", "RAW"})
    void videos_of_other_codecs_come_as_well(Codec codec) {
        services.grow(video, 0, false, codec);
        services.grow(video, 1, true, codec);
        FakeConnection viewer = viewer("", ROOMY);

        viewer.read();

        assertThat(viewer.types()).containsExactly("header", "batch", "batch", "end");
        assertThat(viewer.told.get(0).get("container").asText()).isEqualTo(codec.container());
        assertThat(viewer.told.get(0).get("width").asInt()).as("the model's").isEqualTo(512);
        assertThat(joined(viewer.bytes)).isEqualTo(file());
    }

    @Test
    void a_viewer_who_reads_nothing_has_four_batches_on_their_way_however_much_the_network_takes() {
        grow(0, 19);
        FakeConnection viewer = viewer("", ROOMY);

        viewer.settle();

        assertThat(viewer.unread()).as("words, bytes and a ping each").isEqualTo(4 * 3);
    }

    @Test
    void a_network_that_takes_nothing_holds_one_message_and_no_more_bytes_than_a_run() {
        services.raw(video, 0, 2 * FrameViewer.RUN + 1);
        FakeConnection viewer = viewer("", 0);

        for (int told = 1; told < 3; told++) {
            viewer.readUntilTold(told);
            assertThat(viewer.unread()).isLessThanOrEqualTo(1);
            assertThat(viewer.unreadBytes()).isLessThanOrEqualTo(FrameViewer.RUN);
        }
        viewer.read();

        assertThat(viewer.bytes).extracting(run -> run.length).containsExactly(FrameViewer.RUN, FrameViewer.RUN, 1);
        assertThat(joined(viewer.bytes)).isEqualTo(file());
    }

    @Test
    void a_large_batch_goes_alone_where_it_is_more_than_may_be_on_its_way() {
        services.raw(video, 0, LIMITS.bytesInFlight() + 1);
        services.raw(video, 1, 1);
        FakeConnection viewer = viewer("", ROOMY);

        viewer.readMessage(); // the header, which has no bytes
        viewer.readMessage();

        assertThat(viewer.unreadBytes()).isEqualTo(LIMITS.bytesInFlight() + 1L);
    }

    @Test
    void a_slow_live_viewer_is_told_what_it_missed_and_goes_on_with_the_newest() {
        grow(0, 0);
        FakeConnection viewer = viewer("start=live", ROOMY);
        viewer.read();

        for (int segment = 1; segment < 20; segment++) {
            grow(segment, segment);
            viewer.settle();
        }
        viewer.read();

        assertThat(viewer.types())
                .containsExactly("header", "batch", "batch", "batch", "batch", "batch", "missed", "batch");
        assertThat(viewer.batches()).containsExactly(0L, 24L, 48L, 72L, 96L, 19 * 24L);
        assertThat(viewer.told.get(6)).hasToString("{\"type\":\"missed\",\"from_frame\":120,\"to_frame\":456}");
    }

    @Test
    void a_slow_viewer_from_the_start_misses_nothing() {
        FakeConnection viewer = viewer("start=0", ROOMY);
        grow(0, 18);
        viewer.settle();
        services.grow(video, 19, true);

        viewer.read();

        assertThat(viewer.types()).doesNotContain("missed");
        assertThat(joined(viewer.bytes)).isEqualTo(file());
    }

    @Test
    void a_slow_viewer_never_slows_another() {
        FakeConnection stalled = viewer("start=live", 0);
        FakeConnection live = viewer("start=live", ROOMY);

        for (int segment = 0; segment < 20; segment++) {
            grow(segment, segment);
            stalled.settle();
            live.read();
            assertThat(live.batches()).last().isEqualTo(segment * 24L);
        }

        assertThat(live.batches()).hasSize(20);
        assertThat(stalled.unread()).isEqualTo(1);
    }

    @Test
    void a_live_viewer_who_comes_late_begins_with_the_newest() {
        grow(0, 9);
        FakeConnection viewer = viewer("start=live", ROOMY);

        viewer.read();

        assertThat(viewer.types()).containsExactly("header", "batch");
        assertThat(viewer.batches()).containsExactly(9 * 24L);
    }

    @Test
    void a_video_that_is_over_has_no_live_edge() {
        grow(0, 8);
        services.grow(video, 9, true);
        FakeConnection viewer = viewer("start=live", ROOMY);

        viewer.read();

        assertThat(viewer.batches()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource({"from_frame=0, 0", "from_frame=23, 0", "from_frame=24, 24", "from_frame=47, 24", "after=0, 24"})
    void a_viewer_goes_on_where_it_was(String query, long first) {
        grow(0, 1);
        services.grow(video, 2, true);
        FakeConnection viewer = viewer(query, ROOMY);

        viewer.read();

        assertThat(viewer.batches())
                .containsExactlyElementsOf(
                        Stream.of(0L, 24L, 48L).filter(frame -> frame >= first).toList());
    }

    @ParameterizedTest
    @CsvSource({"from_frame=71", "from_frame=48", "after=1"})
    void a_viewer_may_wait_for_what_is_not_there_yet(String query) {
        grow(0, 0);
        FakeConnection viewer = viewer(query, ROOMY);
        viewer.read();
        assertThat(viewer.types()).containsExactly("header");

        grow(1, 1);
        viewer.read();
        grow(2, 2);
        viewer.read();
        grow(3, 3);
        viewer.read();

        assertThat(viewer.batches()).containsExactly(48L, 72L);
    }

    @ParameterizedTest
    @CsvSource({"from_frame=48", "after=1"})
    void who_has_all_of_it_is_told_that_it_is_the_end(String query) {
        grow(0, 0);
        services.grow(video, 1, true);
        FakeConnection viewer = viewer(query, ROOMY);

        viewer.read();

        assertThat(viewer.types()).containsExactly("header", "end");
    }

    @Test
    void a_viewer_who_counts_gets_as_many_batches_as_it_asked_for() {
        grow(0, 9);
        FakeConnection connection = new FakeConnection(ROOMY);
        FrameViewer viewer = viewer("request=0", connection);
        connection.read();
        assertThat(connection.types()).as("the header is not counted").containsExactly("header");

        viewer.requested(2);
        connection.read();
        assertThat(connection.batches()).containsExactly(0L, 24L);
        viewer.requested(1);
        viewer.requested(1);
        connection.read();

        assertThat(connection.batches()).containsExactly(0L, 24L, 48L, 72L);
    }

    @Test
    void a_viewer_begins_to_count_with_its_first_request() {
        grow(0, 0);
        FakeConnection connection = new FakeConnection(ROOMY);
        FrameViewer viewer = viewer("", connection);
        connection.read();

        viewer.requested(1);
        grow(1, 9);
        connection.read();

        assertThat(connection.batches()).containsExactly(0L, 24L);
    }

    @Test
    void a_live_viewer_without_demand_is_told_what_it_missed_when_it_asks_again() {
        grow(0, 0);
        FakeConnection connection = new FakeConnection(ROOMY);
        FrameViewer viewer = viewer("start=live&request=1", connection);
        connection.read();
        grow(1, 9);
        connection.read();
        assertThat(connection.batches()).containsExactly(0L);

        viewer.requested(5);
        connection.read();

        assertThat(connection.types()).containsExactly("header", "batch", "missed", "batch");
        assertThat(connection.batches()).containsExactly(0L, 9 * 24L);
    }

    @Test
    void who_stays_stalled_is_disconnected_and_who_only_waits_is_not() {
        grow(0, 9);
        FakeConnection stalled = new FakeConnection(ROOMY);
        FakeConnection undecided = new FakeConnection(ROOMY);
        List<FrameViewer> viewers = List.of(viewer("", stalled), viewer("request=1", undecided));

        for (int second = 0; second <= 31; second++) {
            assertThat(stalled.closed).as("after %d s", second - 1).isEmpty();
            viewers.forEach(FrameViewer::tick);
            stalled.settle();
            undecided.read();
            now += Duration.ofSeconds(1).toNanos();
        }
        for (int late = 0; late < 3; late++) {
            viewers.forEach(FrameViewer::tick);
            stalled.settle();
            undecided.read();
        }

        assertThat(stalled.closed).containsExactly(4408);
        assertThat(undecided.closed).isEmpty();
        assertThat(undecided.types()).startsWith("header", "batch", "heartbeat");
    }

    @Test
    void who_reads_slowly_but_reads_is_not_disconnected() {
        services.raw(video, 0, 3 * FrameViewer.RUN);
        FakeConnection connection = new FakeConnection(0);
        FrameViewer viewer = viewer("", connection);

        for (int message = 0; message < 8; message++) {
            viewer.tick();
            connection.settle();
            connection.readMessage();
            now += Duration.ofSeconds(29).toNanos();
        }

        assertThat(connection.closed).isEmpty();
        assertThat(joined(connection.bytes)).isEqualTo(file());
    }

    @Test
    void silence_is_broken_every_fifteen_seconds_and_only_silence() {
        grow(0, 0);
        FakeConnection connection = new FakeConnection(ROOMY);
        FrameViewer viewer = viewer("", connection);
        connection.read();

        for (int second = 0; second < 50; second++) {
            now += Duration.ofSeconds(1).toNanos();
            if (second == 20) {
                grow(1, 1);
            }
            viewer.tick();
            connection.read();
        }

        assertThat(connection.types()).containsExactly("header", "batch", "heartbeat", "batch", "heartbeat");
        assertThat(connection.told.get(2)).hasToString("{\"type\":\"heartbeat\",\"frames\":24}");
    }

    @Test
    void a_cancelled_video_ends_with_what_there_is_and_why() {
        grow(0, 0);
        FakeConnection viewer = viewer("", ROOMY);
        viewer.read();

        services.cancel(video);
        viewer.read();

        assertThat(viewer.told.get(2).toString())
                .startsWith("{\"type\":\"end\",\"status\":\"failed\",\"frames\":24,\"error\":{\"code\":\"cancelled\"");
        assertThat(viewer.closed).containsExactly(1000);
    }

    @Test
    void viewers_of_a_video_that_is_deleted_are_sent_away() {
        grow(0, 0);
        FakeConnection viewer = viewer("", ROOMY);
        viewer.read();

        services.library.delete(Principal.ANONYMOUS, video);
        viewer.read();

        assertThat(viewer.closed).containsExactly(4410);
    }

    @Test
    void a_video_that_cannot_be_read_sends_its_viewers_away() throws IOException {
        grow(0, 0);
        services.save();
        services = new FakeVideoServices(folder);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".mp4")).toList()) {
                Files.delete(file);
            }
        }
        FakeConnection viewer = viewer("", ROOMY);

        viewer.read();

        assertThat(viewer.closed).containsExactly(1011);
    }

    @Test
    void nothing_is_sent_to_who_is_gone() {
        FakeConnection connection = new FakeConnection(ROOMY);
        FrameViewer viewer = viewer("", connection);
        connection.read();

        viewer.gone();
        grow(0, 0);
        now += Duration.ofMinutes(1).toNanos();
        viewer.tick();
        connection.settle();

        assertThat(connection.unread()).isZero();
    }

    @Test
    void the_video_is_made_ahead_of_what_a_viewer_has_read_for_as_long_as_it_is_there() {
        FakeConnection connection = new FakeConnection(ROOMY);
        FrameViewer viewer = viewer("", connection);
        grow(0, 1);

        connection.settle();
        assertThat(services.viewers.news()).singleElement().extracting("frame").isEqualTo(0L);
        connection.read();
        assertThat(services.viewers.news()).singleElement().extracting("frame").isEqualTo(48L);
        viewer.gone();
        connection.settle();
        assertThat(services.viewers.news())
                .singleElement()
                .extracting("viewers")
                .isEqualTo(0);
    }

    @Test
    void who_comes_back_does_not_hold_the_video_at_its_beginning() {
        grow(0, 19);
        viewer("from_frame=480", ROOMY).settle();
        assertThat(services.viewers.news()).singleElement().extracting("frame").isEqualTo(480L);
    }

    @Test
    void who_waits_behind_a_segment_is_at_the_edge() {
        grow(0, 1);
        viewer("after=1", ROOMY).settle();
        assertThat(services.viewers.news()).singleElement().extracting("frame").isEqualTo(48L);
    }

    @Test
    void who_asks_for_nothing_is_told_that_the_video_was_deleted() {
        grow(0, 1);
        FakeConnection connection = new FakeConnection(ROOMY);
        FrameViewer viewer = viewer("request=0", connection);
        connection.read();

        services.library.delete(Principal.ANONYMOUS, video);
        now += LIMITS.heartbeat().toNanos();
        viewer.tick();
        connection.settle();

        assertThat(connection.closed).containsExactly(4410);
    }

    private FakeConnection viewer(String query, int room) {
        FakeConnection connection = new FakeConnection(room);
        viewer(query, connection);
        return connection;
    }

    private FrameViewer viewer(String query, FakeConnection connection) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        Stream.of(query.split("&"))
                .filter(text -> !text.isEmpty())
                .forEach(text -> parameters.add(text.split("=")[0], text.split("=")[1]));
        FrameViewer viewer = new FrameViewer(
                FrameRequest.of(services.video(video), parameters),
                services,
                connection,
                LIMITS,
                METERS,
                Runnable::run,
                () -> now);
        connection.pong = viewer::ponged;
        viewer.open();
        return viewer;
    }

    private void grow(int first, int last) {
        for (int segment = first; segment <= last; segment++) {
            services.grow(video, segment, false);
        }
    }

    private byte[] file() {
        List<byte[]> fragments = new ArrayList<>();
        services.library
                .videos()
                .find(video)
                .orElseThrow()
                .fragments()
                .all()
                .forEach(
                        fragment -> fragments.add(services.library.store().read(video, fragment, 0, fragment.bytes())));
        return joined(fragments);
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        parts.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
