package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/**
 * DPM-Solver++ of second order, multistep, midpoint ([DPM++] algorithm 2). With lambda = ln(a / s), h the change of lambda over
 * this step and r = h_before / h:
 *
 * <pre>
 *   D_0 = x_0 now,   D_1 = (x_0 now - x_0 before) / r
 *   x_t = s_t / s_s x - a_t (e^-h - 1) (D_0 + D_1 / 2)
 * </pre>
 *
 * The first step, which knows no x_0 before, and the last, where lambda becomes infinite, are of first order: D_1 = 0.
 */
public record DpmSolver2M() implements Sampler {

    @Override
    public Tensor sample(
            Denoiser denoiser, Prediction prediction, Course course, Tensor noise, StepNoise fresh, StepGuide guide) {
        Tensor state = noise;
        float[] before = null;
        for (int i = 0; i < course.steps(); i++) {
            state = guide.at(i, state);
            Tensor predicted = denoiser.predict(state, course.time(i));
            float[] clean = prediction.clean(course.alpha(i), course.sigma(i)).of(state.data(), predicted.data());
            state = i + 1 == course.steps()
                    ? new Tensor(state.shape(), clean) // lambda infinite: e^-h = 0, s_t = 0, a_t = 1
                    : step(state, clean, before, course, i);
            before = clean;
        }
        return state;
    }

    @Override
    public boolean isDeterministic() {
        return true;
    }

    @Override
    public LinearStep step(Prediction prediction, Course course, int i) {
        Prediction.Combination clean = prediction.clean(course.alpha(i), course.sigma(i));
        if (i + 1 == course.steps()) {
            return LinearStep.last(clean);
        }
        double h = course.lambda(i + 1) - course.lambda(i);
        double gain = -course.alpha(i + 1) * StrictMath.expm1(-h);
        double keep = course.sigma(i + 1) / course.sigma(i);
        double older = i == 0 ? 0 : gain * 0.5 * h / (course.lambda(i) - course.lambda(i - 1));
        double recent = gain + older;
        return new LinearStep(clean.x(), clean.y(), keep + recent * clean.x(), recent * clean.y(), -older);
    }

    private static Tensor step(Tensor state, float[] now, float[] before, Course course, int i) {
        double h = course.lambda(i + 1) - course.lambda(i);
        double gain = -course.alpha(i + 1) * StrictMath.expm1(-h);
        float keep = (float) (course.sigma(i + 1) / course.sigma(i));
        float[] x = state.data();
        float[] out = new float[x.length];
        if (before == null) {
            float first = (float) gain;
            for (int j = 0; j < out.length; j++) {
                out[j] = keep * x[j] + first * now[j];
            }
        } else {
            double r = (course.lambda(i) - course.lambda(i - 1)) / h;
            float recent = (float) (gain * (1 + 0.5 / r));
            float older = (float) (-gain * 0.5 / r);
            for (int j = 0; j < out.length; j++) {
                out[j] = keep * x[j] + recent * now[j] + older * before[j];
            }
        }
        return new Tensor(state.shape(), out);
    }
}
