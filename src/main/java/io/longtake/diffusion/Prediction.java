package io.longtake.diffusion;

/**
 * What a network predicts of x_t = a x_0 + s eps. Either quantity follows from x_t and the prediction y as a combination
 * of the two ([VLDM] App. F).
 */
public enum Prediction {
    /** y = eps, so x_0 = (x_t - s y) / a. */
    EPS {
        @Override
        Combination clean(double a, double s) {
            if (a == 0) {
                throw new IllegalArgumentException("an eps prediction says nothing of x_0 where alpha is 0");
            }
            return new Combination(1 / a, -s / a);
        }

        @Override
        Combination noise(double a, double s) {
            return new Combination(0, 1);
        }
    },
    /** y = v = a eps - s x_0, so x_0 = a x_t - s y and eps = s x_t + a y. */
    V {
        @Override
        Combination clean(double a, double s) {
            return new Combination(a, -s);
        }

        @Override
        Combination noise(double a, double s) {
            return new Combination(s, a);
        }
    },
    /** y = x_0, so eps = (x_t - a y) / s. */
    X0 {
        @Override
        Combination clean(double a, double s) {
            return new Combination(0, 1);
        }

        @Override
        Combination noise(double a, double s) {
            if (s == 0) {
                throw new IllegalArgumentException("an x_0 prediction says nothing of the noise where sigma is 0");
            }
            return new Combination(1 / s, -a / s);
        }
    };

    /** x_0 at alpha a and sigma s. */
    abstract Combination clean(double a, double s);

    /** eps at alpha a and sigma s. */
    abstract Combination noise(double a, double s);

    /** {@code x} times x_t plus {@code y} times the prediction. */
    record Combination(double x, double y) {

        float[] of(float[] state, float[] prediction) {
            float fx = (float) x;
            float fy = (float) y;
            float[] out = new float[state.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = fx * state[i] + fy * prediction[i];
            }
            return out;
        }
    }
}
