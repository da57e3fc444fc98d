package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxMullerTest {

    @ParameterizedTest
    @ValueSource(
            longs = {0, 1, 0x12345678L, 0x20000000L, 0x3FFFFFFFL, 0x40000000L, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL})
    void agrees_with_the_strict_functions(long word) {
        for (long other : new long[] {0, 7, 0x1FFFFFFFL, 0x60000000L, 0x9ABCDEF0L, 0xE0000001L, 0xFFFFFFFFL}) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log((word + 1) * 0x1p-32));
            double angle = 2 * Math.PI * (other * 0x1p-32);
            float[] pair = pair(word, other);
            assertThat((double) pair[0]).isCloseTo(radius * StrictMath.cos(angle), within(1e-6));
            assertThat((double) pair[1]).isCloseTo(radius * StrictMath.sin(angle), within(1e-6));
        }
    }

    @Test
    void keeps_its_precision_over_all_magnitudes() {
        for (long word = 1; word < 1L << 32; word += 1 + word / 50) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(word * 0x1p-32));
            assertThat((double) pair(word - 1, 0)[0]).isCloseTo(radius, within(1e-6));
        }
    }

    @Test
    void is_finite_for_the_smallest_uniform() {
        assertThat(pair(0, 0)[0]).isCloseTo((float) Math.sqrt(64 * Math.log(2)), within(1e-5f));
    }

    /** The pair of the last lane. */
    private static float[] pair(long first, long second) {
        long[] u = new long[Philox.LANES];
        long[] v = new long[Philox.LANES];
        u[Philox.LANES - 1] = first;
        v[Philox.LANES - 1] = second;
        float[] out = new float[4 * Philox.LANES];
        new BoxMuller().pairs(u, v, out, 2);
        return Arrays.copyOfRange(out, out.length - 2, out.length);
    }
}
