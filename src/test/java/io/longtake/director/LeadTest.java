package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeadTest {

    @Test
    void seconds_may_have_parts() {
        assertThat(Lead.of("2.5")).isEqualTo(new Lead(Duration.ofMillis(2500)));
        assertThat(Lead.of("2.5").frames(24)).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.999", "86401"})
    void less_than_a_second_would_hold_a_video_for_ever_and_more_than_a_day_is_a_mistake(String seconds) {
        assertThatThrownBy(() -> Lead.of(seconds))
                .hasMessageStartingWith("longtake.pacing.lead-seconds must be from 1 to 86400, found ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1e9", "NaN"})
    void what_is_no_number_is_told(String seconds) {
        assertThatThrownBy(() -> Lead.of(seconds))
                .hasMessage("longtake.pacing.lead-seconds must be a number of seconds such as 30, found '%s'", seconds);
    }
}
