package io.longtake.diffusion;

import static io.longtake.diffusion.RelativeError.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules and samplers beside those of the training code, on the toy network f(x, t) = 0.3 x + 0.1 sin(t / 100). */
class GoldenSamplersTest {

    private static final SafeTensors GOLDEN = SafeTensors.golden("samplers");

    static Stream<String> loops() {
        return GOLDEN.tensors().keySet().stream().filter(name -> name.matches("(ddim_eta\\d|dpm2m)\\..*"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"linear", "scaled_linear", "cosine", "linear_zero_snr", "scaled_linear_zero_snr"})
    void schedules_are_those_of_the_training_code(String name) {
        NoiseSchedule schedule = schedule(name);
        float[] alpha = GOLDEN.values("schedule." + name + ".alpha");
        float[] sigma = GOLDEN.values("schedule." + name + ".sigma");
        for (int t = 0; t < 1000; t++) {
            assertThat((float) schedule.alpha(t)).isCloseTo(alpha[t], within(1e-7f));
            assertThat((float) schedule.sigma(t)).isCloseTo(sigma[t], within(1e-7f));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 12, 25})
    void trailing_times_are_those_of_the_training_code(int steps) {
        float[] times = GOLDEN.values("trailing." + steps);
        Course course = Course.trailing(schedule("cosine"), steps);
        for (int i = 0; i < steps; i++) {
            assertThat((float) course.time(i)).isEqualTo(times[i]);
        }
    }

    /** Names say sampler, schedule and prediction: dpm2m.cosine.v. */
    @ParameterizedTest
    @MethodSource("loops")
    void every_state_of_a_loop_is_that_of_the_training_code(String name) {
        String[] parts = name.split("\\.");
        Tensor expected = GOLDEN.get(name);
        List<Tensor> states = new ArrayList<>();
        Denoiser toy = (state, time) -> {
            states.add(state.copy());
            return toy(state, time);
        };
        states.add(sampler(parts[0])
                .sample(
                        toy,
                        Prediction.valueOf(parts[2].toUpperCase(Locale.ROOT)),
                        Course.trailing(schedule(parts[1]), expected.size(0)),
                        GOLDEN.get("noise"),
                        step -> row(GOLDEN.get("step_noise"), step)));
        for (int i = 0; i < expected.size(0); i++) {
            assertGolden(states.get(i + 1), row(expected, i));
        }
    }

    private static Tensor toy(Tensor state, int time) {
        float[] out = state.data().clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = (float) (0.3 * out[i] + 0.1 * Math.sin(time / 100.0));
        }
        return new Tensor(state.shape(), out);
    }

    private static Sampler sampler(String name) {
        return name.equals("dpm2m") ? new DpmSolver2M() : new Ddim(name.endsWith("1") ? 1 : 0);
    }

    private static NoiseSchedule schedule(String name) {
        NoiseSchedule plain =
                switch (name.replace("_zero_snr", "")) {
                    case "linear" -> NoiseSchedule.linear(1000, 0.00085, 0.012);
                    case "scaled_linear" -> NoiseSchedule.scaledLinear(1000, 0.00085, 0.012);
                    default -> NoiseSchedule.cosine(1000, 0.003);
                };
        return name.endsWith("_zero_snr") ? plain.withZeroTerminalSnr() : plain;
    }

    private static Tensor row(Tensor table, int index) {
        return table.slice(0, index, index + 1).reshape(table.size(1), table.size(2));
    }
}
