package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/**
 * Noise on the low-resolution frames that an upsampler works from ([VLDM] Eq. 5): c = alpha_g x_low + sigma_g eps. It keeps the
 * upsampler from trusting the decoder's mistakes.
 *
 * @param alpha at the noise level t_gamma
 * @param sigma at the noise level t_gamma
 */
public record NoiseAugmentation(double alpha, double sigma) {

    public static NoiseAugmentation at(NoiseSchedule schedule, int level) {
        return new NoiseAugmentation(schedule.alpha(level), schedule.sigma(level));
    }

    /** The frames, noised; both of one shape. */
    public Tensor apply(Tensor low, Tensor noise) {
        return new Tensor(low.shape(), new Prediction.Combination(alpha, sigma).of(low.data(), noise.data()));
    }
}
