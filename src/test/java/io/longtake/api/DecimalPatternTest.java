package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalPatternTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9, 10, 11, 60, 100, 255, 1000, 3600})
    void takes_the_numbers_up_to_its_limit_and_no_others(int limit) {
        String pattern = DecimalPattern.upTo(limit);

        for (int number = 0; number <= limit + 20; number++) {
            assertThat(Integer.toString(number).matches(pattern))
                    .as(number + " up to " + limit)
                    .isEqualTo(number >= 1 && number <= limit);
        }
        assertThat(limit + ".1").doesNotMatch(pattern);
        assertThat("01").doesNotMatch(pattern);
    }
}
