package io.longtake.model.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.types.DataType;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import org.junit.jupiter.api.Test;

class WeightBytesTest {

    private static final FloatBuffer FLOATS = FloatBuffer.wrap(new float[] {1, -2.5f});

    @Test
    void floats_become_the_weights_own_type() {
        assertThat(WeightBytes.of("w", FLOATS, DataType.FLOAT32, 2))
                .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0);
        assertThat(WeightBytes.of("w", FLOATS, DataType.FLOAT16, 2)).containsExactly(0, 0x3c, 0, 0xc1);
        assertThat(WeightBytes.of("w", FLOATS, DataType.BFLOAT16, 2)).containsExactly(0x80, 0x3f, 0x20, 0xc0);
        assertThat(FLOATS.remaining()).isEqualTo(2);
    }

    @Test
    void bytes_stay_as_they_are() {
        assertThat(WeightBytes.of("w", ByteBuffer.wrap(new byte[] {1, 2, 3, 4}), DataType.FLOAT16, 2))
                .containsExactly(1, 2, 3, 4);
    }

    @Test
    void lengths_and_types_are_checked() {
        assertThatThrownBy(() -> WeightBytes.of("w", FLOATS, DataType.FLOAT32, 3))
                .hasMessage("weights 'w' need 3 numbers, found 2");
        assertThatThrownBy(() -> WeightBytes.of("w", ByteBuffer.allocate(6), DataType.FLOAT32, 3))
                .hasMessage("weights 'w' need 12 bytes, found 6");
        assertThatThrownBy(() -> WeightBytes.of("w", FLOATS, DataType.INT8, 2))
                .hasMessageContaining("give them as bytes");
        assertThatThrownBy(() -> WeightBytes.of("w", IntBuffer.allocate(2), DataType.INT32, 2))
                .hasMessageContaining("must be floats or bytes");
    }
}
