package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SamplerTest {

    private static final NoiseSchedule SCHEDULE = NoiseSchedule.cosine(1000, 0.003);
    private static final Tensor NOISE = new Noise(7, 0).frames(2, 3, 4, 4, 0, 0, 0);
    private static final Tensor TRUTH = new Noise(8, 0).frames(2, 3, 4, 4, 0, 0, 0);

    static Stream<Sampler> deterministic() {
        return Stream.of(new Ddim(0), new DpmSolver2M());
    }

    /** Knows the sample, and tells v of it. */
    private static Tensor perfect(Tensor state, int time) {
        double a = SCHEDULE.alpha(time);
        double s = SCHEDULE.sigma(time);
        float[] v = new float[state.data().length];
        for (int i = 0; i < v.length; i++) {
            double eps = (state.data()[i] - a * TRUTH.data()[i]) / s;
            v[i] = (float) (a * eps - s * TRUTH.data()[i]);
        }
        return new Tensor(state.shape(), v);
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void finds_the_sample_of_a_denoiser_that_knows_it(Sampler sampler) {
        for (int steps : new int[] {1, 2, 5, 50}) {
            Tensor found = sampler.sample(SamplerTest::perfect, Prediction.V, course(steps), NOISE, StepNoise.NONE);
            assertThat(RelativeError.of(found.data(), TRUTH.data())).isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void asks_the_network_once_a_step_from_the_noisiest_time_on(Sampler sampler) {
        List<Integer> times = new ArrayList<>();
        sampler.sample(
                (state, time) -> {
                    times.add(time);
                    return perfect(state, time);
                },
                Prediction.V,
                course(4),
                NOISE,
                StepNoise.NONE);
        assertThat(times).containsExactly(999, 749, 499, 249);
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void leaves_the_noise_as_it_was(Sampler sampler) {
        Tensor before = NOISE.copy();
        sampler.sample(SamplerTest::perfect, Prediction.V, course(3), NOISE, StepNoise.NONE);
        assertThat(NOISE).isEqualTo(before);
    }

    @ParameterizedTest
    @MethodSource("deterministic")
    void starts_from_pure_noise_where_the_schedule_does(Sampler sampler) {
        Course course = Course.trailing(NoiseSchedule.linear(1000, 0.0001, 0.02).withZeroTerminalSnr(), 6);
        Denoiser shrinking = (state, time) ->
                new Tensor(state.shape(), new Prediction.Combination(0.3, 0).of(state.data(), state.data()));
        float[] found = sampler.sample(shrinking, Prediction.V, course, NOISE, StepNoise.NONE)
                .data();
        float[] step = new Ddim(0)
                .sample(shrinking, Prediction.V, course, NOISE, StepNoise.NONE)
                .data();
        assertThat(RelativeError.of(found, step)).isLessThan(0.5);
    }

    @Test
    void what_the_denoiser_throws_ends_the_sampling() {
        List<Integer> asked = new ArrayList<>();
        Denoiser stopping = (state, time) -> {
            if (asked.size() == 2) {
                throw new IllegalStateException("stop");
            }
            asked.add(time);
            return perfect(state, time);
        };
        assertThatThrownBy(() -> new Ddim(0).sample(stopping, Prediction.V, course(9), NOISE, StepNoise.NONE))
                .hasMessage("stop");
        assertThat(asked).hasSize(2);
    }

    @Test
    void ddim_with_eta_adds_fresh_noise_at_every_step_but_the_last() {
        List<Integer> drawn = new ArrayList<>();
        new Ddim(1).sample(SamplerTest::perfect, Prediction.V, course(4), NOISE, step -> {
            drawn.add(step);
            return TRUTH;
        });
        assertThat(drawn).isEqualTo(IntStream.range(0, 3).boxed().toList());
    }

    @Test
    void the_second_order_comes_closer_than_the_first_for_a_smooth_denoiser() {
        // x_0 of a Gaussian with variance 1/4: the ideal denoiser, whose flow is smooth.
        Denoiser ideal = (state, time) -> {
            double a = SCHEDULE.alpha(time);
            double s = SCHEDULE.sigma(time);
            float gain = (float) (a * 0.25 / (a * a * 0.25 + s * s));
            return new Tensor(state.shape(), new Prediction.Combination(gain, 0).of(state.data(), state.data()));
        };
        float[] exact = sampled(new Ddim(0), ideal, 1000);
        assertThat(RelativeError.of(sampled(new DpmSolver2M(), ideal, 20), exact))
                .isLessThan(0.5 * RelativeError.of(sampled(new Ddim(0), ideal, 20), exact));
    }

    @Test
    void eta_stays_between_none_and_all_of_it() {
        assertThatThrownBy(() -> new Ddim(1.5)).hasMessage("eta must be from 0 to 1, found 1.5");
    }

    private static float[] sampled(Sampler sampler, Denoiser denoiser, int steps) {
        return sampler.sample(denoiser, Prediction.X0, course(steps), NOISE, StepNoise.NONE)
                .data();
    }

    private static Course course(int steps) {
        return Course.trailing(SCHEDULE, steps);
    }
}
