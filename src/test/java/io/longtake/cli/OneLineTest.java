package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {

    @Test
    void what_is_meant_for_people_stays_as_it_is() {
        assertThat(OneLine.of("Straße \"bei\" Nacht – ночь 🚗 راه")).isEqualTo("Straße \"bei\" Nacht – ночь 🚗 راه");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"fog\nrain", "fog \r\n  rain", "fog\train", "fog\u2028rain", "fog\u0085rain", "fog\n\n\nrain"})
    void a_break_of_any_kind_becomes_a_space(String text) {
        assertThat(OneLine.of(text)).isEqualTo("fog rain");
    }

    @Test
    void what_a_terminal_would_obey_is_shown_by_its_number() {
        assertThat(OneLine.of("\u001b[31mred\u0007 \u009b7m \b\u007f \u202edlrow"))
                .isEqualTo("\\u001B[31mred\\u0007 \\u009B7m \\u0008\\u007F \\u202Edlrow");
    }
}
