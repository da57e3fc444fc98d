package io.longtake.diffusion;

/**
 * A step of a sampler that draws no noise, in five numbers. With x the state, y the prediction and D_before the D of the step
 * before:
 *
 * <pre>
 *   D  = cleanX x + cleanY y
 *   x' = x x + y y + before D_before
 * </pre>
 *
 * @param cleanX share of the state in the clean sample, as far as it is known
 * @param cleanY share of the prediction in it
 * @param x share of the state in the next one
 * @param y share of the prediction in it
 * @param before share of the clean sample that the step before knew
 */
public record LinearStep(double cleanX, double cleanY, double x, double y, double before) {

    /** To the clean sample itself. */
    static LinearStep last(Prediction.Combination clean) {
        return new LinearStep(clean.x(), clean.y(), clean.x(), clean.y(), 0);
    }
}
