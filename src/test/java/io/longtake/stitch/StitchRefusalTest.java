package io.longtake.stitch;

import static io.longtake.stitch.Batches.OTHER;
import static io.longtake.stitch.Batches.VIDEO;
import static io.longtake.stitch.Batches.large;
import static io.longtake.stitch.Batches.last;
import static io.longtake.stitch.Batches.raw;
import static io.longtake.stitch.Batches.small;
import static io.longtake.stitch.Batches.video;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Checksum;
import io.longtake.event.DeadLetter;
import io.longtake.event.FrameChunk;
import io.longtake.event.SegmentStitched;
import io.longtake.event.Wire;
import io.longtake.payload.FrameBatch;
import io.longtake.video.Codec;
import io.longtake.video.EncodedBatch;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StitchRefusalTest {

    @TempDir
    Path directory;

    private StitchDriver stitcher;

    @BeforeEach
    void open() {
        stitcher = new StitchDriver(directory, new StitchSettings(3, 4, 2, Duration.ofDays(7)));
    }

    @AfterEach
    void close() {
        stitcher.close();
    }

    @Test
    void garbage_becomes_a_dead_letter_and_the_next_record_is_served() {
        byte[] garbage = new byte[100_000];
        garbage[0] = 7;
        stitcher.send(small(0));
        stitcher.send("anything", garbage);
        stitcher.send(last(1));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), last(1)));
        assertThat(stitcher.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getTopic()).isEqualTo("longtake.frames");
            assertThat(letter.getPartition()).isZero();
            assertThat(letter.getOffset()).isEqualTo(1);
            assertThat(letter.getKey()).isEqualTo("anything");
            assertThat(letter.getReason()).startsWith("not Avro single-object encoding");
            assertThat(letter.getValue()).isEqualTo(ByteBuffer.wrap(garbage, 0, 65_536));
            assertThat(letter.getAt().toEpochMilli()).isEqualTo(5_000);
        });
    }

    @Test
    void a_record_without_key_or_value_becomes_a_dead_letter() {
        stitcher.send(null, (byte[]) null);

        assertThat(reason()).isEqualTo("empty record (null value)");
    }

    @Test
    void a_record_of_another_kind_becomes_a_dead_letter() {
        stitcher.send(VIDEO, Wire.encode(new SegmentStitched(VIDEO, 0, false)));

        assertThat(reason()).isEqualTo("expected FrameChunk, got SegmentStitched");
    }

    @Test
    void a_letter_about_an_endless_key_is_short() {
        stitcher.send("k".repeat(900_000), new byte[0]);

        DeadLetter letter = stitcher.deadLetters().get(0);
        assertThat(letter.getKey()).hasSize(256);
    }

    @Test
    void a_chunk_under_a_foreign_key_becomes_a_dead_letter() {
        stitcher.send(OTHER, Wire.encode(small(0).toChunks().get(0)));

        assertThat(reason()).isEqualTo("key: expected the video id " + VIDEO + ", got " + OTHER);
    }

    @Test
    void a_chunk_with_a_broken_checksum_becomes_a_dead_letter_and_the_good_one_is_taken() {
        FrameChunk good = small(0).toChunks().get(0);
        stitcher.send(FrameChunk.newBuilder(good).setCrc32c(1).build());
        assertThat(reason()).contains("crc32c: expected CRC-32C 00000001");

        stitcher.send(good);
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0)));
    }

    @Test
    void a_copy_whose_chunks_do_not_make_the_promised_batch_makes_room_for_a_good_one() {
        for (FrameChunk chunk : large(0).toChunks()) {
            stitcher.send(FrameChunk.newBuilder(chunk).setBatchCrc32c(1).build());
        }
        assertThat(stitcher.deadLetters()).singleElement().satisfies(letter -> {
            assertThat(letter.getReason()).contains("batch_crc32c: expected CRC-32C 00000001");
            assertThat(letter.getOffset()).isZero();
            assertThat(letter.getKey()).isEqualTo(VIDEO);
        });

        stitcher.send(large(0));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(0)));
    }

    @Test
    void an_incomplete_bad_copy_does_not_stand_in_the_way_of_a_good_one() {
        FrameChunk chunk = large(0).toChunks().get(0);
        stitcher.send(FrameChunk.newBuilder(chunk).setBatchCrc32c(1).build());
        stitcher.send(large(0));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(0)));
        assertThat(stitcher.remembered()).isEqualTo(1);
    }

    @Test
    void a_copy_that_lies_elsewhere_than_noted_is_dropped() {
        List<FrameChunk> chunks = large(0).toChunks();
        stitcher.send(chunks.get(0));
        stitcher.send(chunks.get(1));
        stitcher.replace(0, Wire.encode(large(1).toChunks().get(0)));
        stitcher.replace(1, Wire.encode(large(1).toChunks().get(1)));
        stitcher.send(chunks.get(2));
        assertThat(reason()).contains("chunk 2: expected the description of chunk 0");

        stitcher.send(large(0));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(0)));
    }

    @Test
    void a_batch_of_another_size_than_the_video_becomes_a_dead_letter() {
        stitcher.send(small(0));
        stitcher.send(raw(VIDEO, 1, false, 8, 2));
        assertThat(reason())
                .isEqualTo("format of segment 1: the video has raw 4x2 at 24 frames/s, extradata 00000000, "
                        + "got raw 8x2 at 24 frames/s, extradata 00000000");

        stitcher.send(small(1));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), small(1)));
    }

    @Test
    void a_batch_that_came_early_is_held_to_the_video_when_its_turn_comes() {
        stitcher.send(raw(VIDEO, 1, false, 8, 2));
        stitcher.send(small(1));
        stitcher.send(small(0));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), small(1)));
    }

    @Test
    void a_batch_that_begins_at_the_wrong_frame_becomes_a_dead_letter() {
        stitcher.send(small(0));
        stitcher.send(new FrameBatch(VIDEO, 1, 3, false, small(1).encoded()));
        assertThat(reason()).isEqualTo("first_frame of segment 1: expected 2, got 3");

        stitcher.send(small(1));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0), small(1)));
    }

    @Test
    void a_batch_that_can_not_be_multiplexed_becomes_a_dead_letter() {
        stitcher.send(new FrameBatch(
                VIDEO, 0, 0, false, new EncodedBatch(Codec.H264, 16, 16, 24, new byte[0], new int[] {1}, new byte[1])));

        assertThat(reason()).startsWith("h264: expected parameter sets in the first packet");
    }

    @Test
    void a_segment_far_ahead_becomes_a_dead_letter() {
        stitcher.send(small(3));
        assertThat(stitcher.deadLetters()).isEmpty();

        stitcher.send(small(4));
        assertThat(reason()).isEqualTo("segment: expected at most 3 ahead of 0, got 4");
    }

    @Test
    void more_chunks_than_may_wait_become_dead_letters_but_the_next_segment_is_always_taken() {
        large(1).toChunks().forEach(stitcher::send);
        FrameBatch second = large(2);
        stitcher.send(second.toChunks().get(0));
        assertThat(stitcher.deadLetters()).isEmpty();

        stitcher.send(second.toChunks().get(1));
        assertThat(reason()).isEqualTo("chunks waiting for segment 0: at most 4");

        stitcher.send(large(0));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(0), large(1)));
    }

    @Test
    void more_differing_copies_than_allowed_become_dead_letters() {
        FrameChunk chunk = large(0).toChunks().get(0);
        for (long crc : new long[] {1, 2, 3}) {
            stitcher.send(FrameChunk.newBuilder(chunk).setBatchCrc32c(crc).build());
        }

        assertThat(reason()).isEqualTo("copies of segment 0 that differ: at most 2");
    }

    @Test
    void copies_that_somebody_made_up_do_not_keep_the_true_one_out() {
        FrameChunk chunk = large(0).toChunks().get(0);
        for (long crc : new long[] {1, 2}) {
            stitcher.send(FrameChunk.newBuilder(chunk).setBatchCrc32c(crc).build());
        }

        stitcher.send(large(0));

        assertThat(stitcher.file(VIDEO)).isEqualTo(video(large(0)));
        assertThat(stitcher.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.getOffset())
                .isZero());
    }

    @Test
    void chunks_of_the_right_length_but_other_content_do_not_enter_the_video() {
        FrameChunk chunk = small(0).toChunks().get(0);
        byte[] other = new byte[chunk.getData().remaining()];
        stitcher.send(FrameChunk.newBuilder(chunk)
                .setData(ByteBuffer.wrap(other))
                .setCrc32c(Checksum.of(other))
                .build());
        assertThat(reason()).contains("batch_crc32c");

        stitcher.send(small(0));
        assertThat(stitcher.file(VIDEO)).isEqualTo(video(small(0)));
    }

    private String reason() {
        List<DeadLetter> letters = stitcher.deadLetters();
        assertThat(letters).hasSize(1);
        return letters.get(0).getReason();
    }
}
