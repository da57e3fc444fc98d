package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PrecisionTest {

    private static final String PROPERTY = "longtake.precision";
    private static final String VARIABLE = "LONGTAKE_PRECISION";

    @Test
    void is_left_to_the_engine_where_nobody_asks() {
        assertThat(Precision.requested(name -> null, name -> null)).isEmpty();
        assertThat(Precision.requested(Map.of(PROPERTY, "auto")::get, name -> null))
                .isEmpty();
    }

    @Test
    void is_what_the_property_says_or_else_the_environment() {
        Map<String, String> environment = Map.of(VARIABLE, "half");
        assertThat(Precision.requested(name -> null, environment::get)).contains(Precision.HALF);
        assertThat(Precision.requested(Map.of(PROPERTY, "single")::get, environment::get))
                .contains(Precision.SINGLE);
    }

    @Test
    void refuses_other_words() {
        assertThatThrownBy(() -> Precision.requested(Map.of(PROPERTY, "fp16")::get, name -> null))
                .hasMessage("longtake.precision (or LONGTAKE_PRECISION) must be auto, single or half, found 'fp16'");
    }
}
