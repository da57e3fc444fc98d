package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.tensor.Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameEncoderTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void every_frame_gives_one_packet(Codec codec) {
        EncodedBatch batch = new FrameEncoder(codec, 24).encode(Scenes.drive(0, 5, 128, 64));

        assertThat(batch.frameCount()).isEqualTo(5);
        assertThat(batch.width()).isEqualTo(128);
        assertThat(batch.height()).isEqualTo(64);
        assertThat(batch.frameRate()).isEqualTo(24);
    }

    @ParameterizedTest
    @EnumSource
    void the_same_frames_give_the_same_bytes_whatever_else_is_encoded_meanwhile(Codec codec) {
        Frames frames = Scenes.drive(0, 12, 128, 64);
        CompletableFuture<EncodedBatch> beside =
                CompletableFuture.supplyAsync(() -> new FrameEncoder(codec, 24).encode(Scenes.drive(99, 30, 64, 128)));
        EncodedBatch first = new FrameEncoder(codec, 24).encode(frames);
        EncodedBatch second = new FrameEncoder(codec, 24).encode(frames);
        beside.join();

        assertThat(second).isEqualTo(first);
    }

    @Test
    void ffv1_is_configured_alike_for_batches_of_any_length() {
        FrameEncoder encoder = new FrameEncoder(Codec.FFV1, 24);

        assertThat(encoder.encode(Scenes.drive(0, 1, 64, 32)).extradata())
                .isNotEmpty()
                .isEqualTo(encoder.encode(Scenes.drive(7, 9, 64, 32)).extradata());
    }

    @Test
    void h264_batches_one_after_the_other_are_a_playable_stream() throws IOException {
        FrameEncoder encoder = new FrameEncoder(Codec.H264, 24);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(encoder.encode(Scenes.drive(0, 6, 128, 64)).packets());
        stream.writeBytes(encoder.encode(Scenes.drive(6, 6, 128, 64)).packets());
        Path file = Files.write(directory.resolve("video.h264"), stream.toByteArray());

        try (VideoReader reader = VideoReader.open(file)) {
            for (int i = 0; i < 12; i++) {
                Frames frame = reader.next().orElseThrow();
                assertThat(Scenes.psnr(frame.rgb(), Scenes.drive(i, 1, 128, 64).rgb()))
                        .isGreaterThan(30);
            }
            assertThat(reader.next()).isEmpty();
        }
    }

    @Test
    void h264_refuses_a_size_that_it_does_not_have() {
        assertThatThrownBy(() -> new FrameEncoder(Codec.H264, 24).encode(Scenes.drive(0, 1, 33, 16)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("frame size: h264 wants even sides of at least 16 pixels, got 33x16");
    }

    @Test
    void a_frame_rate_of_none_is_refused() {
        assertThatThrownBy(() -> new FrameEncoder(Codec.RAW, 0)).hasMessage("frame rate: expected 1 to 1000, got 0");
    }
}
