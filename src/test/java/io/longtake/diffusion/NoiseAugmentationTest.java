package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.Test;

class NoiseAugmentationTest {

    @Test
    void is_equation_five_at_its_level() {
        NoiseSchedule schedule = NoiseSchedule.cosine(1000, 0.003);
        Tensor low = Tensor.filled(0.5f, 1, 1, 1, 2);
        Tensor noise = Tensor.filled(-2, 1, 1, 1, 2);
        float expected = (float) (schedule.alpha(100) * 0.5 - schedule.sigma(100) * 2);
        assertThat(NoiseAugmentation.at(schedule, 100).apply(low, noise).data())
                .containsExactly(new float[] {expected, expected}, within(1e-6f));
    }
}
