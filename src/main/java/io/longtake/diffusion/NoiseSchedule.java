package io.longtake.diffusion;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A variance-preserving noise schedule over discrete times 0 … steps-1 ([VLDM] App. F):
 * x_t = alpha_t x_0 + sigma_t eps, with sigma_t^2 = 1 - alpha_t^2.
 */
public final class NoiseSchedule {

    private final double[] alpha;
    private final double[] sigma;

    private NoiseSchedule(double[] alpha, double[] sigma) {
        this.alpha = alpha;
        this.sigma = sigma;
    }

    /** Betas from {@code start} to {@code end} in equal steps; alpha_t is the root of the product of 1 - beta. */
    public static NoiseSchedule linear(int steps, double start, double end) {
        return ofBetas(steps, t -> start + (end - start) * t / (steps - 1));
    }

    /** Roots of betas in equal steps, as Stable Diffusion's checkpoints have it. */
    public static NoiseSchedule scaledLinear(int steps, double start, double end) {
        double from = Math.sqrt(start);
        double to = Math.sqrt(end);
        return ofBetas(steps, t -> {
            double root = from + (to - from) * t / (steps - 1);
            return root * root;
        });
    }

    /** alpha = cos u, sigma = sin u, where u = pi/2 (offset + (1 - 2 offset) t / (steps - 1)). */
    public static NoiseSchedule cosine(int steps, double offset) {
        IntToDoubleFunction angle = t -> Math.PI / 2 * (offset + (1 - 2 * offset) * t / (steps - 1));
        return new NoiseSchedule(
                IntStream.range(0, steps)
                        .mapToDouble(t -> StrictMath.cos(angle.applyAsDouble(t)))
                        .toArray(),
                IntStream.range(0, steps)
                        .mapToDouble(t -> StrictMath.sin(angle.applyAsDouble(t)))
                        .toArray());
    }

    private static NoiseSchedule ofBetas(int steps, IntToDoubleFunction beta) {
        double[] alpha = new double[steps];
        double product = 1;
        for (int t = 0; t < steps; t++) {
            product *= 1 - beta.applyAsDouble(t);
            alpha[t] = Math.sqrt(product);
        }
        return ofAlpha(alpha);
    }

    private static NoiseSchedule ofAlpha(double[] alpha) {
        double[] sigma = new double[alpha.length];
        for (int t = 0; t < alpha.length; t++) {
            sigma[t] = Math.sqrt(1 - alpha[t] * alpha[t]);
        }
        return new NoiseSchedule(alpha, sigma);
    }

    /** Rescaled so that the last time is pure noise ([ZSNR] algorithm 1): alpha' = (alpha - alpha_T) alpha_0 / (alpha_0 - alpha_T). */
    public NoiseSchedule withZeroTerminalSnr() {
        double first = alpha[0];
        double last = alpha[alpha.length - 1];
        double[] rescaled = new double[alpha.length];
        for (int t = 0; t < alpha.length; t++) {
            rescaled[t] = (alpha[t] - last) * first / (first - last);
        }
        return ofAlpha(rescaled);
    }

    /** Number of discrete times. */
    public int steps() {
        return alpha.length;
    }

    /** Share of the signal at a time; 1 at time -1, which is clean. */
    public double alpha(int t) {
        return t < 0 ? 1 : alpha[t];
    }

    /** Share of the noise at a time; 0 at time -1, which is clean. */
    public double sigma(int t) {
        return t < 0 ? 0 : sigma[t];
    }

    /** Half the logarithm of the signal-to-noise ratio: ln(alpha / sigma); infinite where clean. */
    public double lambda(int t) {
        return StrictMath.log(alpha(t) / sigma(t));
    }
}
