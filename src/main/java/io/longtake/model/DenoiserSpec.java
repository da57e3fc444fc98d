package io.longtake.model;

import java.util.Set;

/**
 * What all kinds of stages but the decoder have in common: a network that predicts from noise, and how it is sampled. The manifest
 * holds these fields beside each stage's own.
 */
public sealed interface DenoiserSpec extends StageSpec permits KeyframesSpec, InterpolateSpec, UpsampleSpec {

    /** What the network predicts: eps, v or x0. */
    String prediction();

    ScheduleSpec schedule();

    /** ddim (with {@link #eta}) or dpm++2m. */
    String sampler();

    /** Denoising steps, unless a request says otherwise. */
    int steps();

    /** Noise that DDIM adds at every step: 0 none (the usual), 1 as much as DDPM. */
    default double eta() {
        return 0;
    }

    /** Checks the common fields. */
    static void check(GraphSpec graph, String prediction, ScheduleSpec schedule, String sampler, int steps) {
        Rule.present("graph", graph);
        Rule.oneOf("prediction", prediction, Set.of("eps", "v", "x0"));
        Rule.present("schedule", schedule);
        Rule.oneOf("sampler", sampler, Set.of("ddim", "dpm++2m"));
        Rule.between("steps", steps, 1, schedule.steps());
        if (schedule.zeroTerminalSnr() && prediction.equals("eps")) {
            throw new ManifestException("prediction must be v or x0 if schedule.zeroTerminalSnr is true:"
                    + " pure noise says nothing of x0");
        }
    }
}
