package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PredictionTest {

    @ParameterizedTest
    @EnumSource
    void gives_back_the_sample_and_the_noise_that_made_the_state(Prediction prediction) {
        double a = 0.6;
        double s = 0.8;
        float[] x0 = {0.3f};
        float[] eps = {-1.7f};
        float[] state = {(float) (a * x0[0] + s * eps[0])};
        float[] predicted = {
            switch (prediction) {
                case EPS -> eps[0];
                case V -> (float) (a * eps[0] - s * x0[0]);
                case X0 -> x0[0];
            }
        };
        assertThat(prediction.clean(a, s).of(state, predicted)).containsExactly(x0, within(1e-6f));
        assertThat(prediction.noise(a, s).of(state, predicted)).containsExactly(eps, within(1e-6f));
    }

    @Test
    void eps_is_refused_where_the_state_is_pure_noise() {
        assertThatThrownBy(() -> Prediction.EPS.clean(0, 1)).hasMessageContaining("alpha is 0");
    }
}
