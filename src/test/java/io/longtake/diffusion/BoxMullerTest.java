package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxMullerTest {

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, 0x12345678, 0x20000000, 0x3FFFFFFF, 0x40000000, 0x7FFFFFFF, 0x80000000, 0xC0000000, 0xFFFFFFFF
            })
    void agrees_with_the_strict_functions(int word) {
        for (int other : new int[] {0, 7, 0x1FFFFFFF, 0x60000000, 0x9ABCDEF0, 0xE0000001, -1}) {
            double u = ((word & 0xFFFFFFFFL) + 1) * 0x1p-32;
            double angle = 2 * Math.PI * ((other & 0xFFFFFFFFL) * 0x1p-32);
            double radius = StrictMath.sqrt(-2 * StrictMath.log(u));
            float[] pair = new float[2];
            BoxMuller.pair(word, other, pair, 0);
            assertThat((double) pair[0]).isCloseTo(radius * StrictMath.cos(angle), within(1e-6));
            assertThat((double) pair[1]).isCloseTo(radius * StrictMath.sin(angle), within(1e-6));
        }
    }

    @Test
    void its_logarithm_is_good_to_ten_digits() {
        for (double u = 0x1p-32; u <= 1; u *= 1.0137) {
            assertThat(BoxMuller.ln(u)).isCloseTo(StrictMath.log(u), within(1e-10));
        }
    }

    @Test
    void never_gives_more_than_the_smallest_uniform_allows() {
        float[] pair = new float[2];
        BoxMuller.pair(0, 0, pair, 0);
        assertThat(pair[0]).isFinite().isCloseTo((float) Math.sqrt(64 * Math.log(2)), within(1e-5f));
    }
}
