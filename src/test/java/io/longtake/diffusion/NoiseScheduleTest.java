package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NoiseScheduleTest {

    static Stream<NoiseSchedule> schedules() {
        List<NoiseSchedule> betas =
                List.of(NoiseSchedule.linear(1000, 0.0015, 0.0195), NoiseSchedule.scaledLinear(1000, 0.00085, 0.012));
        return Stream.concat(
                Stream.concat(betas.stream(), betas.stream().map(NoiseSchedule::withZeroTerminalSnr)),
                Stream.of(NoiseSchedule.cosine(1000, 0.003)));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void preserves_variance(NoiseSchedule schedule) {
        for (int t = 0; t < 1000; t++) {
            double alpha = schedule.alpha(t);
            double sigma = schedule.sigma(t);
            assertThat(alpha * alpha + sigma * sigma).isCloseTo(1, within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void grows_noisier_with_time(NoiseSchedule schedule) {
        for (int t = 1; t < 1000; t++) {
            assertThat(schedule.lambda(t)).isLessThan(schedule.lambda(t - 1));
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void is_clean_at_time_minus_one(NoiseSchedule schedule) {
        assertThat(schedule.alpha(-1)).isEqualTo(1);
        assertThat(schedule.sigma(-1)).isZero();
        assertThat(schedule.lambda(-1)).isInfinite();
    }

    @Test
    void of_stable_diffusion_ends_where_its_checkpoints_do() {
        NoiseSchedule schedule = NoiseSchedule.scaledLinear(1000, 0.00085, 0.012);
        assertThat(schedule.alpha(0)).isCloseTo(Math.sqrt(1 - 0.00085), within(1e-12));
        assertThat(schedule.alpha(999) * schedule.alpha(999)).isCloseTo(0.0046600, within(1e-6));
    }

    @Test
    void rescaled_to_zero_terminal_snr_keeps_its_first_time_and_ends_in_noise() {
        NoiseSchedule plain = NoiseSchedule.linear(1000, 0.0001, 0.02);
        NoiseSchedule rescaled = plain.withZeroTerminalSnr();
        assertThat(rescaled.alpha(0)).isEqualTo(plain.alpha(0));
        assertThat(rescaled.alpha(999)).isZero();
        assertThat(rescaled.sigma(999)).isEqualTo(1);
    }

    @Test
    void cosine_stops_short_of_both_ends_by_its_offset() {
        NoiseSchedule schedule = NoiseSchedule.cosine(1000, 0.003);
        assertThat(schedule.sigma(0)).isCloseTo(Math.sin(Math.PI / 2 * 0.003), within(1e-12));
        assertThat(schedule.alpha(999)).isCloseTo(schedule.sigma(0), within(1e-12));
    }
}
