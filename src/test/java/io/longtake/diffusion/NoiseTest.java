package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.Test;

class NoiseTest {

    private static final Noise NOISE = new Noise(20261121, 1);

    @Test
    void is_standard_normal() {
        float[] frame = new float[1 << 20];
        NOISE.fill(frame, 0, 0, Noise.START);
        double[] moments = new double[5];
        for (float x : frame) {
            for (int k = 1; k <= 4; k++) {
                moments[k] += Math.pow(x, k) / frame.length;
            }
        }
        assertThat(moments[1]).isCloseTo(0, within(0.004));
        assertThat(moments[2]).isCloseTo(1, within(0.006));
        assertThat(moments[3]).isCloseTo(0, within(0.012));
        assertThat(moments[4]).isCloseTo(3, within(0.04));
    }

    @Test
    void of_a_frame_depends_on_nothing_beside_it() {
        Tensor many = NOISE.frames(3, 9, 4, 5, 2, 47, Noise.START);
        Tensor one = NOISE.frames(3, 1, 4, 5, 2, 50, Noise.START);
        assertThat(many.slice(1, 3, 4)).isEqualTo(one);
    }

    @Test
    void differs_in_every_coordinate() {
        Tensor noise = NOISE.frames(2, 1, 4, 4, 1, 30, 1);
        assertThat(noise)
                .isNotEqualTo(new Noise(20261122, 1).frames(2, 1, 4, 4, 1, 30, 1))
                .isNotEqualTo(new Noise(20261121L | 1L << 40, 1).frames(2, 1, 4, 4, 1, 30, 1))
                .isNotEqualTo(new Noise(20261121, 2).frames(2, 1, 4, 4, 1, 30, 1))
                .isNotEqualTo(NOISE.frames(2, 1, 4, 4, 2, 30, 1))
                .isNotEqualTo(NOISE.frames(2, 1, 4, 4, 1, 31, 1))
                .isNotEqualTo(NOISE.frames(2, 1, 4, 4, 1, 30, 2));
    }

    @Test
    void stays_what_it_was_in_earlier_releases() {
        float[] frame = new float[6];
        new Noise(42, 1).fill(frame, 3, 18, 2);
        assertThat(frame)
                .containsExactly(-0.20613791f, 2.3930678f, -0.98810065f, -0.33915332f, 1.1784958f, -0.71870345f);
    }

    @Test
    void fills_frames_whose_size_is_no_multiple_of_four() {
        float[] six = new float[6];
        float[] eight = new float[8];
        NOISE.fill(six, 0, 0, 0);
        NOISE.fill(eight, 0, 0, 0);
        assertThat(eight).startsWith(six);
    }

    @Test
    void refuses_a_stream_that_does_not_fit_the_counter() {
        assertThatThrownBy(() -> new Noise(0, 65536)).hasMessage("a noise stream must be from 0 to 65535, found 65536");
    }
}
