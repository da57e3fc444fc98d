package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.tensor.Tensor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables beside the samplers that they stand for. */
class StepTableTest {

    private static final NoiseSchedule COSINE = NoiseSchedule.cosine(1000, 0.003);
    private static final NoiseSchedule ZERO_SNR =
            NoiseSchedule.linear(1000, 0.00085, 0.012).withZeroTerminalSnr();
    private static final Tensor NOISE = new Noise(7, 0).frames(2, 3, 4, 4, 0, 0, 0);

    static Stream<Arguments> everySampling() {
        return Stream.of(new Ddim(0), new DpmSolver2M()).flatMap(sampler -> Stream.of(Prediction.values())
                .flatMap(prediction -> Stream.of(1, 2, 5, 12, 25).flatMap(steps -> courses(prediction, steps)
                        .map(course -> Arguments.of(sampler, prediction, course)))));
    }

    /** Pure noise says nothing of x_0 where eps is predicted. */
    private static Stream<Course> courses(Prediction prediction, int steps) {
        Stream<Course> noisy = Stream.of(Course.trailing(COSINE, steps), Course.leading(COSINE, steps, 1));
        return prediction == Prediction.EPS ? noisy : Stream.concat(noisy, Stream.of(Course.trailing(ZERO_SNR, steps)));
    }

    @ParameterizedTest
    @MethodSource("everySampling")
    void a_table_says_what_its_sampler_does(Sampler sampler, Prediction prediction, Course course) {
        Tensor expected = sampler.sample(StepTableTest::toy, prediction, course, NOISE, StepNoise.NONE);
        Tensor found = follow(new StepTable(sampler, prediction, course).tensor());
        assertThat(RelativeError.of(found.data(), expected.data())).isLessThan(1e-6);
    }

    @Test
    void a_table_names_every_point_of_its_course() {
        Course course = Course.trailing(COSINE, 4);
        Tensor table = new StepTable(new Ddim(0), Prediction.V, course).tensor();
        assertThat(table.shape()).containsExactly(5, 8);
        for (int point = 0; point <= 4; point++) {
            assertThat(table.slice(0, point, point + 1).slice(1, 5, 8).data())
                    .containsExactly(
                            (float) course.alpha(point), (float) course.sigma(point), (float) course.time(point));
        }
    }

    @Test
    void a_sampler_that_draws_noise_has_no_table() {
        Course course = Course.trailing(COSINE, 4);
        assertThatThrownBy(() -> new StepTable(new Ddim(0.5), Prediction.V, course))
                .hasMessage("Ddim[eta=0.5] draws noise at every step: no table holds that");
    }

    private static Tensor follow(Tensor table) {
        float[] x = NOISE.data().clone();
        float[] before = new float[x.length];
        for (int i = 1; i < table.size(0); i++) {
            float[] now = table.slice(0, i, i + 1).data();
            float[] y = toy(new Tensor(NOISE.shape(), x), (int) table.data()[i * 8 - 1])
                    .data();
            float[] next = new float[x.length];
            for (int j = 0; j < x.length; j++) {
                next[j] = now[2] * x[j] + now[3] * y[j] + now[4] * before[j];
                before[j] = now[0] * x[j] + now[1] * y[j];
            }
            x = next;
        }
        return new Tensor(NOISE.shape(), x);
    }

    private static Tensor toy(Tensor state, int time) {
        float[] out = state.data().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (0.3 * out[i] + 0.1 * StrictMath.sin(time / 100.0));
        }
        return new Tensor(state.shape(), out);
    }
}
