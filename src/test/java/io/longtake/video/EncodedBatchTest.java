package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class EncodedBatchTest {

    @Test
    void packets_are_cut_by_their_sizes() {
        EncodedBatch batch =
                new EncodedBatch(Codec.H264, 16, 16, 24, new byte[0], new int[] {1, 2}, new byte[] {7, 8, 9});

        assertThat(batch.packetViews())
                .containsExactly(ByteBuffer.wrap(new byte[] {7}), ByteBuffer.wrap(new byte[] {8, 9}));
    }

    @Test
    void sizes_that_do_not_sum_to_the_bytes_are_refused() {
        assertThatThrownBy(() -> new EncodedBatch(Codec.H264, 16, 16, 24, new byte[0], new int[] {1, 3}, new byte[3]))
                .hasMessage("packets: their sizes sum to 4 bytes, got 3");
    }

    @Test
    void a_side_over_the_limit_is_refused() {
        assertThatThrownBy(() -> new EncodedBatch(Codec.H264, 8193, 16, 24, new byte[0], new int[] {1}, new byte[1]))
                .hasMessage("width: expected 1 to 8192, got 8193");
    }

    @Test
    void a_batch_without_frames_is_refused() {
        assertThatThrownBy(() -> new EncodedBatch(Codec.H264, 16, 16, 24, new byte[0], new int[0], new byte[0]))
                .hasMessage("frames: expected 1 to 10000, got 0");
    }

    @Test
    void a_raw_frame_has_three_bytes_a_pixel() {
        assertThatThrownBy(() -> new EncodedBatch(Codec.RAW, 2, 1, 24, new byte[0], new int[] {5}, new byte[5]))
                .hasMessage("packet size: a raw frame of 2x1 has 6 bytes, got 5");
    }
}
