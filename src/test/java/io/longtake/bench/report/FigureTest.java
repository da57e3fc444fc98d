package io.longtake.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FigureTest {

    @Test
    void the_median_of_an_odd_number_of_values_is_the_one_in_the_middle() {
        Figure figure = new Figure("glue.ratio", "ratio", List.of(3.0, 1.0, 2.0));

        assertThat(figure.median()).isEqualTo(2);
        assertThat(figure.min()).isEqualTo(1);
        assertThat(figure.max()).isEqualTo(3);
    }

    @Test
    void the_median_of_an_even_number_of_values_is_the_mean_of_the_two_in_the_middle() {
        assertThat(new Figure("a", "s", List.of(4.0, 1.0, 2.0, 8.0)).median()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"0.0123456,0.012", "0.5,0.500", "12.3456,12.35", "1234.6,1235", "7,7", "0,0", "-1.25,-1.250"})
    void a_table_has_about_four_digits(double value, String printed) {
        assertThat(Figure.of("a", "s", value).markdown())
                .isEqualTo(String.format(Locale.ROOT, "| a | s | %1$s | %1$s | %1$s | 1 |", printed));
    }

    @Test
    void a_figure_without_values_is_refused() {
        assertThatThrownBy(() -> new Figure("glue.ratio", "ratio", List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("values of glue.ratio must be one finite number at least, found []");
    }

    @Test
    void a_value_that_is_no_number_is_refused() {
        assertThatThrownBy(() -> Figure.of("glue.ratio", "ratio", 0.0 / 0))
                .hasMessage("values of glue.ratio must be one finite number at least, found [NaN]");
    }

    @Test
    void a_name_that_a_program_could_not_look_for_is_refused() {
        assertThatThrownBy(() -> Figure.of("Glue ratio", "ratio", 1)).hasMessageContaining("found 'Glue ratio'");
    }

    @Test
    void a_figure_without_a_unit_is_refused() {
        assertThatThrownBy(() -> Figure.of("glue.ratio", " ", 1)).hasMessageContaining("unit of glue.ratio");
    }
}
