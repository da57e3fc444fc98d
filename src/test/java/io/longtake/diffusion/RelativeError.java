package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.tensor.Tensor;

/** max |a - b| / max |b|: how parity with the training code is measured. */
public final class RelativeError {

    private RelativeError() {}

    public static double of(float[] found, float[] expected) {
        double difference = 0;
        double largest = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(found[i] - expected[i]));
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        return difference / largest;
    }

    public static void assertGolden(Tensor found, Tensor expected) {
        assertThat(found.shape()).isEqualTo(expected.shape());
        assertThat(of(found.data(), expected.data())).isLessThanOrEqualTo(1e-4);
    }
}
