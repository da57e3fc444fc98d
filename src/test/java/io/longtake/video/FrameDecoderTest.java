package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.tensor.Frames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameDecoderTest {

    private static final Frames FRAMES = Scenes.drive(3, 5, 128, 64);

    @ParameterizedTest
    @EnumSource(names = {"FFV1", "RAW"})
    void what_was_coded_without_loss_comes_back_byte_for_byte(Codec codec) {
        assertThat(FrameDecoder.decode(coded(codec))).isEqualTo(FRAMES);
    }

    @Test
    void h264_gives_every_frame_back_in_its_place() {
        Frames decoded = FrameDecoder.decode(coded(Codec.H264));

        assertThat(decoded.count()).isEqualTo(5);
        for (int i = 0; i < 5; i++) {
            byte[] frame = decoded.slice(i, i + 1).rgb();
            assertThat(Scenes.psnr(frame, FRAMES.slice(i, i + 1).rgb())).isGreaterThan(30);
        }
    }

    @Test
    void a_batch_that_claims_another_size_is_refused() {
        EncodedBatch honest = coded(Codec.H264);
        EncodedBatch claim = new EncodedBatch(
                honest.codec(), 8192, 8192, 24, honest.extradata(), honest.packetSizes(), honest.packets());

        assertThatThrownBy(() -> FrameDecoder.decode(claim))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("5 frames of 8192x8192")
                .hasMessageEndingWith("its packets hold frames of 128x64");
    }

    @Test
    void garbage_is_refused() {
        EncodedBatch garbage = new EncodedBatch(Codec.H264, 128, 64, 24, new byte[0], new int[] {40, 40}, new byte[80]);

        assertThatThrownBy(() -> FrameDecoder.decode(garbage)).isInstanceOf(VideoException.class);
    }

    private static EncodedBatch coded(Codec codec) {
        return new FrameEncoder(codec, 24).encode(FRAMES);
    }
}
