package io.longtake.diffusion;

import io.longtake.tensor.Tensor;

/**
 * [DDIM] Eq. 12 and 16, with s_p and s_t the sigmas of the next and this point:
 *
 * <pre>
 *   spread = eta s_p / s_t sqrt(1 - a_t^2 / a_p^2)
 *   x_p    = a_p x_0 + sqrt(s_p^2 - spread^2) eps + spread noise
 * </pre>
 *
 * @param eta 0: deterministic; 1: as much noise as DDPM adds
 */
public record Ddim(double eta) implements Sampler {

    public Ddim {
        if (!(eta >= 0 && eta <= 1)) {
            throw new IllegalArgumentException("eta must be from 0 to 1, found " + eta);
        }
    }

    @Override
    public Tensor sample(
            Denoiser denoiser, Prediction prediction, Course course, Tensor noise, StepNoise fresh, StepGuide guide) {
        Tensor state = noise;
        for (int i = 0; i < course.steps(); i++) {
            state = guide.at(i, state);
            Tensor predicted = denoiser.predict(state, course.time(i));
            state = step(state, predicted, prediction, course, i, fresh);
        }
        return state;
    }

    @Override
    public boolean isDeterministic() {
        return eta == 0;
    }

    @Override
    public LinearStep step(Prediction prediction, Course course, int i) {
        if (!isDeterministic()) {
            throw new IllegalStateException("a step of DDIM with eta " + eta + " draws noise");
        }
        Prediction.Combination clean = prediction.clean(course.alpha(i), course.sigma(i));
        if (course.sigma(i + 1) == 0) {
            return LinearStep.last(clean);
        }
        Prediction.Combination eps = prediction.noise(course.alpha(i), course.sigma(i));
        double ap = course.alpha(i + 1);
        double sp = course.sigma(i + 1);
        return new LinearStep(clean.x(), clean.y(), ap * clean.x() + sp * eps.x(), ap * clean.y() + sp * eps.y(), 0);
    }

    private Tensor step(Tensor x, Tensor y, Prediction prediction, Course course, int i, StepNoise fresh) {
        double a = course.alpha(i);
        double s = course.sigma(i);
        double ap = course.alpha(i + 1);
        double sp = course.sigma(i + 1);
        double spread = sp == 0 ? 0 : eta * sp / s * Math.sqrt(Math.max(0, 1 - a * a / (ap * ap)));
        double direction = Math.sqrt(Math.max(0, sp * sp - spread * spread));
        Prediction.Combination clean = prediction.clean(a, s);
        // The last point has no noise left, whatever the prediction says of it.
        Prediction.Combination eps = direction == 0 ? new Prediction.Combination(0, 0) : prediction.noise(a, s);
        float[] out = new Prediction.Combination(
                        ap * clean.x() + direction * eps.x(), ap * clean.y() + direction * eps.y())
                .of(x.data(), y.data());
        if (spread > 0) {
            float scale = (float) spread;
            float[] extra = fresh.at(i).data();
            for (int j = 0; j < out.length; j++) {
                out[j] += scale * extra[j];
            }
        }
        return new Tensor(x.shape(), out);
    }
}
