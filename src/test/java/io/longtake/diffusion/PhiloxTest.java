package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The known answers that come with Random123, for philox4x32 of 10 rounds. */
class PhiloxTest {

    @Test
    void answers_zero_as_random123_does() {
        assertThat(block(0, 0, 0, 0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
    }

    @Test
    void answers_all_ones_as_random123_does() {
        assertThat(block(-1, -1, -1, -1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
    }

    @Test
    void answers_the_digits_of_pi_as_random123_does() {
        assertThat(block(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void lanes_count_on_from_the_first_word() {
        Philox philox = new Philox();
        philox.run(0x243f6a88 - 200, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0);
        assertThat(lane(philox, 200)).containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    private static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
        Philox philox = new Philox();
        philox.run(c0, c1, c2, c3, k0, k1);
        return lane(philox, 0);
    }

    private static int[] lane(Philox philox, int lane) {
        return Arrays.stream(philox.words).mapToInt(word -> (int) word[lane]).toArray();
    }
}
