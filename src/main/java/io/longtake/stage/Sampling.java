package io.longtake.stage;

import io.longtake.diffusion.Course;
import io.longtake.diffusion.Ddim;
import io.longtake.diffusion.Denoiser;
import io.longtake.diffusion.DpmSolver2M;
import io.longtake.diffusion.NoiseSchedule;
import io.longtake.diffusion.Prediction;
import io.longtake.diffusion.Sampler;
import io.longtake.diffusion.StepGuide;
import io.longtake.diffusion.StepNoise;
import io.longtake.diffusion.StepTable;
import io.longtake.model.DenoiserSpec;
import io.longtake.model.ScheduleSpec;
import io.longtake.tensor.Tensor;
import java.util.Locale;

/** How a stage samples from its network: the manifest's words made into schedule, prediction and sampler. */
final class Sampling {

    /** Of leading times; what Stable Diffusion's checkpoints are sampled with. */
    private static final int LEADING_OFFSET = 1;

    private final NoiseSchedule schedule;
    private final boolean leading;
    private final Prediction prediction;
    private final Sampler sampler;

    Sampling(DenoiserSpec spec) {
        schedule = schedule(spec.schedule());
        leading = spec.schedule().spacing().equals("leading");
        prediction = Prediction.valueOf(spec.prediction().toUpperCase(Locale.ROOT));
        sampler = spec.sampler().equals("ddim") ? new Ddim(spec.eta()) : new DpmSolver2M();
    }

    NoiseSchedule schedule() {
        return schedule;
    }

    /** Whether all noise is drawn before the first step. */
    boolean isDeterministic() {
        return sampler.isDeterministic();
    }

    /** The sampler in numbers, (steps + 1, 8). */
    Tensor table(int steps) {
        return new StepTable(sampler, prediction, course(steps)).tensor();
    }

    /**
     * Samples.
     *
     * @param noise (B, C, T, h, w)
     * @return x_0 (B, C, T, h, w)
     */
    Tensor run(Denoiser denoiser, int steps, Tensor noise, StepNoise fresh, StepGuide guide) {
        return sampler.sample(denoiser, prediction, course(steps), noise, fresh, guide);
    }

    private Course course(int steps) {
        return leading ? Course.leading(schedule, steps, LEADING_OFFSET) : Course.trailing(schedule, steps);
    }

    private static NoiseSchedule schedule(ScheduleSpec spec) {
        NoiseSchedule schedule =
                switch (spec.type()) {
                    case "cosine" -> NoiseSchedule.cosine(spec.steps(), spec.offset());
                    case "linear" -> NoiseSchedule.linear(spec.steps(), spec.betaStart(), spec.betaEnd());
                    case "scaled_linear" -> NoiseSchedule.scaledLinear(spec.steps(), spec.betaStart(), spec.betaEnd());
                    default -> throw new IllegalArgumentException("no such schedule: " + spec.type());
                };
        return spec.zeroTerminalSnr() ? schedule.withZeroTerminalSnr() : schedule;
    }
}
