package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.Test;

class PixelsTest {

    @Test
    void come_back_as_they_were() {
        byte[] rgb = new byte[2 * 16 * 16 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i * 7);
        }
        Frames frames = new Frames(2, 16, 16, rgb);
        assertThat(Pixels.frames(Pixels.tensor(frames))).isEqualTo(frames);
    }

    @Test
    void lie_channel_by_channel_from_minus_one_to_one() {
        Tensor tensor = Pixels.tensor(new Frames(1, 1, 2, new byte[] {0, (byte) 255, 51, (byte) 255, 0, 102}));
        assertThat(tensor.shape()).containsExactly(3, 1, 1, 2);
        assertThat(tensor.data()).containsExactly(new float[] {-1, 1, 1, -1, -0.6f, -0.2f}, within(1e-6f));
    }

    @Test
    void round_to_the_nearest_level_and_stop_at_black_and_white() {
        float[] levels = {-3, -1.001f, -1 + 0.49f / 127.5f, -1 + 0.51f / 127.5f, 0.9999f, 7};
        Frames frames = Pixels.frames(new Tensor(new int[] {3, 1, 1, 2}, levels));
        assertThat(frames.rgb()).containsExactly(0, 0, -1, 0, 1, -1);
    }
}
