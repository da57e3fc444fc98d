package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longtake.tensor.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MuxerTest {

    private static final int WIDTH = 256;
    private static final int HEIGHT = 128;
    private static final int FRAME_RATE = 24;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void a_video_holds_every_frame_once_at_its_time(Codec codec) throws IOException {
        try (VideoReader video = read(codec, video(codec, 20, 20, 7))) {
            for (int i = 0; i < 47; i++) {
                assertThat(video.next()).isPresent();
                assertThat(video.microseconds()).isCloseTo(i * 1_000_000L / FRAME_RATE, within(500L));
            }
            assertThat(video.next()).isEmpty();
            assertThat(video.frameRate()).isEqualTo(FRAME_RATE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_video_may_end_with_a_batch_of_a_single_frame(Codec codec) throws IOException {
        try (VideoReader video = read(codec, video(codec, 5, 1))) {
            int frames = 0;
            while (video.next().isPresent()) {
                frames++;
            }
            assertThat(frames).isEqualTo(6);
            assertThat(video.microseconds()).isCloseTo(5_000_000L / FRAME_RATE, within(500L));
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_video_plays_as_far_as_it_has_come(Codec codec) throws IOException {
        byte[] begun = video(codec, 4, 4);
        byte[] whole = video(codec, 4, 4, 4);

        assertThat(whole).startsWith(begun);
        try (VideoReader video = read(codec, begun)) {
            for (int i = 0; i < 8; i++) {
                assertThat(video.next()).isPresent();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FFV1", "RAW"})
    void a_lossless_video_gives_back_the_very_frames(Codec codec) throws IOException {
        try (VideoReader video = read(codec, video(codec, 6, 6))) {
            for (int i = 0; i < 12; i++) {
                assertThat(video.next()).contains(Scenes.drive(i, 1, WIDTH, HEIGHT));
            }
        }
    }

    @Test
    void h264_keeps_the_picture_also_where_segments_join() throws IOException {
        try (VideoReader video = read(Codec.H264, video(Codec.H264, 24, 24, 24))) {
            for (int i = 0; i < 72; i++) {
                Frames frame = video.next().orElseThrow();
                assertThat(Scenes.psnr(
                                frame.rgb(), Scenes.drive(i, 1, WIDTH, HEIGHT).rgb()))
                        .as("PSNR of frame %d in dB", i)
                        .isGreaterThan(36);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_same_batch_gives_the_same_bytes(Codec codec) {
        EncodedBatch batch = batch(codec, 40, 10);

        assertThat(Muxer.header(batch, 0)).isEqualTo(Muxer.header(batch, 0));
        assertThat(Muxer.fragment(4, 40, batch)).isEqualTo(Muxer.fragment(4, 40, batch));
    }

    @ParameterizedTest
    @EnumSource
    void every_batch_of_a_video_tells_the_same_header(Codec codec) {
        assertThat(Muxer.header(batch(codec, 40, 1), 0)).isEqualTo(Muxer.header(batch(codec, 0, 10), 0));
    }

    @Test
    void a_video_of_days_keeps_its_time() throws IOException {
        long firstFrame = 100L * 3600 * FRAME_RATE;
        EncodedBatch batch = batch(Codec.H264, firstFrame, 2);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(Muxer.header(batch, 0));
        file.writeBytes(Muxer.fragment(180_000, firstFrame, batch));

        try (VideoReader video = read(Codec.H264, file.toByteArray())) {
            video.next();
            video.next();
            assertThat(video.microseconds()).isCloseTo((firstFrame + 1) * 1_000_000 / FRAME_RATE, within(1L));
        }
    }

    @Test
    void an_h264_batch_without_parameter_sets_is_refused() {
        EncodedBatch mute =
                new EncodedBatch(Codec.H264, 16, 16, 24, new byte[0], new int[] {6}, new byte[] {0, 0, 0, 1, 0x65, 1});

        assertThatThrownBy(() -> Muxer.header(mute, 0))
                .isInstanceOf(VideoException.class)
                .hasMessage("h264: expected parameter sets in the first packet, found no sequence parameter set");
    }

    @Test
    void a_segment_before_the_first_is_refused() {
        assertThatThrownBy(() -> Muxer.fragment(-1, 0, batch(Codec.RAW, 0, 1))).hasMessageContaining("got -1 and 0");
    }

    private static byte[] video(Codec codec, int... frameCounts) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        long firstFrame = 0;
        for (int segment = 0; segment < frameCounts.length; segment++) {
            EncodedBatch batch = batch(codec, firstFrame, frameCounts[segment]);
            if (segment == 0) {
                file.writeBytes(Muxer.header(batch, 0));
            }
            file.writeBytes(Muxer.fragment(segment, firstFrame, batch));
            firstFrame += batch.frameCount();
        }
        return file.toByteArray();
    }

    private static EncodedBatch batch(Codec codec, long firstFrame, int count) {
        return new FrameEncoder(codec, FRAME_RATE).encode(Scenes.drive(firstFrame, count, WIDTH, HEIGHT));
    }

    private VideoReader read(Codec codec, byte[] video) throws IOException {
        Path file = Files.write(directory.resolve("video" + codec.extension()), video);
        return codec == Codec.RAW ? VideoReader.openRaw(file, WIDTH, HEIGHT, FRAME_RATE) : VideoReader.open(file);
    }
}
