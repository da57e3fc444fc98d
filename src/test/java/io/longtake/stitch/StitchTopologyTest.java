package io.longtake.stitch;

import static io.longtake.stitch.Batches.OTHER;
import static io.longtake.stitch.Batches.VIDEO;
import static io.longtake.stitch.Batches.large;
import static io.longtake.stitch.Batches.last;
import static io.longtake.stitch.Batches.small;
import static io.longtake.stitch.Batches.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.FragmentChunk;
import io.longtake.event.FrameChunk;
import io.longtake.event.SegmentStitched;
import io.longtake.event.Topic;
import io.longtake.payload.FrameBatch;
import io.longtake.video.Codec;
import io.longtake.video.FrameEncoder;
import io.longtake.video.Scenes;
import io.longtake.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StitchTopologyTest {

    @TempDir
    Path directory;

    private StitchDriver stitcher;

    @BeforeEach
    void open() {
        stitcher = new StitchDriver(directory.resolve("state"));
    }

    @AfterEach
    void close() {
        assertThat(stitcher.deadLetters()).isEmpty();
        stitcher.close();
    }

    @Test
    void batches_in_order_become_a_video() {
        stitcher.send(small(0));
        stitcher.send(small(1));
        stitcher.send(last(2));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), small(1), last(2)));
        assertThat(stitcher.results())
                .containsExactly(
                        new SegmentStitched(VIDEO, 0, false),
                        new SegmentStitched(VIDEO, 1, false),
                        new SegmentStitched(VIDEO, 2, true));
    }

    @Test
    void fragments_are_numbered_after_the_header_and_tell_their_frames() {
        stitcher.send(small(0));
        stitcher.send(last(1));

        assertThat(stitcher.fragments()).extracting(FragmentChunk::getFragment).containsExactly(0, 1, 2);
        assertThat(stitcher.fragments())
                .extracting(FragmentChunk::getFirstFrame)
                .containsExactly(0L, 0L, 2L);
        assertThat(stitcher.fragments())
                .extracting(FragmentChunk::getFrameCount)
                .containsExactly(0, 2, 2);
        assertThat(stitcher.fragments()).extracting(FragmentChunk::getLast).containsExactly(false, false, true);
        assertThat(stitcher.fragments()).extracting(FragmentChunk::getContainer).containsOnly("rgb24");
    }

    @Test
    void a_fragment_is_written_as_soon_as_its_turn_has_come() {
        stitcher.send(small(0));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0)));
    }

    @Test
    void batches_out_of_order_wait_for_their_turn() {
        stitcher.send(last(3));
        stitcher.send(small(1));
        assertThat(stitcher.fragments()).isEmpty();

        stitcher.send(small(0));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), small(1)));

        stitcher.send(small(2));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), small(1), small(2), last(3)));
    }

    @Test
    void a_batch_of_many_chunks_waits_for_the_last_of_them_in_any_order() {
        List<FrameChunk> chunks = large(0).toChunks();
        stitcher.send(chunks.get(2));
        stitcher.send(chunks.get(0));
        assertThat(stitcher.fragments()).isEmpty();

        stitcher.send(chunks.get(1));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(0)));
    }

    @Test
    void copies_of_what_is_in_the_video_are_dropped() {
        stitcher.send(small(0));
        stitcher.send(small(0));
        stitcher.send(small(1));
        stitcher.send(small(0));
        stitcher.send(small(1));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), small(1)));
        assertThat(stitcher.results()).hasSize(2);
    }

    @Test
    void copies_of_two_producers_may_be_interleaved() {
        List<FrameChunk> chunks = large(0).toChunks();
        for (int i : new int[] {0, 0, 1, 0, 1, 2, 1, 2}) {
            stitcher.send(chunks.get(i));
        }

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(0)));
        assertThat(stitcher.results()).containsExactly(new SegmentStitched(VIDEO, 0, false));
    }

    @Test
    void copies_after_the_end_are_dropped_and_only_the_end_is_remembered() {
        stitcher.send(small(0));
        stitcher.send(last(1));
        stitcher.send(small(0));
        stitcher.send(last(1));

        assertThat(stitcher.results()).hasSize(2);
        assertThat(stitcher.remembered()).isEqualTo(1);
    }

    @Test
    void two_videos_do_not_disturb_each_other() {
        stitcher.send(small(OTHER, 1, true));
        stitcher.send(small(0));
        stitcher.send(small(OTHER, 0, false));
        stitcher.send(last(1));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), last(1)));
        assertThat(stitcher.file(OTHER)).isEqualTo(video(small(OTHER, 0, false), small(OTHER, 1, true)));
    }

    @Test
    void a_restarted_stitcher_goes_on_where_the_other_stopped_though_records_come_again() {
        List<FrameChunk> chunks = large(2).toChunks();
        StitchDriver before = new StitchDriver(directory.resolve("before"));
        try (before) {
            for (StitchDriver driver : List.of(before, stitcher)) {
                if (driver == stitcher) {
                    stitcher.restore(before);
                }
                driver.send(large(0));
                driver.send(chunks.get(1));
                driver.send(chunks.get(0));
            }
            stitcher.send(large(1));
            stitcher.send(chunks.get(2));

            assertThat(before.file(VIDEO)).isEqualTo(video(large(0)));
            assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(1), large(2)));
            assertThat(stitcher.fragments())
                    .extracting(FragmentChunk::getFragment)
                    .doesNotContain(0, 1);
        }
    }

    @Test
    void what_the_chunk_says_that_completes_a_batch_goes_on_to_its_fragments_and_its_result() {
        List<FrameChunk> chunks = large(0).toChunks();
        Headers first = new RecordHeaders().add("cause", new byte[] {1});
        Headers last = new RecordHeaders().add("cause", new byte[] {2});
        stitcher.sendWith(first, chunks.get(0));
        stitcher.sendWith(first, chunks.get(1));

        stitcher.sendWith(last, chunks.get(2));

        assertThat(stitcher.headers(Topic.SEGMENTS)).hasSize(4).containsOnly(last);
        assertThat(stitcher.headers(Topic.RESULTS)).containsExactly(last);
    }

    @Test
    void videos_that_are_silent_for_long_are_forgotten() {
        stitcher.send(small(0));
        stitcher.send(small(2));
        stitcher.pass(Duration.ofDays(6));
        stitcher.send(small(OTHER, 0, true));
        stitcher.pass(Duration.ofDays(2));
        assertThat(stitcher.remembered()).isEqualTo(1);

        stitcher.pass(Duration.ofDays(6));
        assertThat(stitcher.remembered()).isZero();
    }

    @Test
    void an_h264_video_plays_whole() throws IOException {
        FrameEncoder encoder = new FrameEncoder(Codec.H264, 24);
        for (int segment : new int[] {1, 0, 2}) {
            stitcher.send(new FrameBatch(
                    VIDEO,
                    segment,
                    segment * 8L,
                    segment == 2,
                    encoder.encode(Scenes.drive(segment * 8L, 8, 128, 64))));
        }

        try (VideoReader video = VideoReader.open(Files.write(directory.resolve("video.mp4"), stitcher.file(VIDEO)))) {
            for (int i = 0; i < 24; i++) {
                assertThat(video.next()).isPresent();
                assertThat(video.microseconds()).isEqualTo(Math.round(i * 1e6 / 24));
            }
            assertThat(video.next()).isEmpty();
        }
    }
}
