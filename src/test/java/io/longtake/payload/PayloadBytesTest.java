package io.longtake.payload;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.ElementType;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PayloadBytesTest {

    @Test
    void a_tensor_is_little_endian_floats_in_row_major_order() {
        PayloadBytes payload = PayloadBytes.of(new Tensor(new int[] {2, 1}, new float[] {1f, -2f}));

        assertThat(payload.dtype()).isEqualTo(ElementType.F32);
        assertThat(payload.shape()).containsExactly(2, 1);
        assertThat(payload.bytes().array()).containsExactly(0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0);
    }

    @Test
    void frames_are_their_own_bytes() {
        Frames frames = new Frames(2, 1, 1, new byte[] {1, 2, 3, 4, 5, 6});
        PayloadBytes payload = PayloadBytes.of(frames);

        assertThat(payload.dtype()).isEqualTo(ElementType.U8);
        assertThat(payload.shape()).containsExactly(2, 1, 1, 3);
        assertThat(payload.bytes().array()).isSameAs(frames.rgb());
    }

    @Test
    void bytes_become_the_content_that_they_came_from_bit_by_bit() {
        Tensor tensor = new Tensor(new int[] {1, 3}, new float[] {Float.NaN, -0f, Float.MIN_VALUE});

        assertThat(PayloadBytes.of(tensor).content()).isEqualTo(tensor);
    }
}
