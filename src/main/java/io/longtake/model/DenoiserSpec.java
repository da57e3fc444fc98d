package io.longtake.model;

import java.util.Set;

/**
 * What three of the four stages have in common: a network that predicts from noise, and how it is sampled. The manifest
 * holds these fields beside each stage's own.
 */
public sealed interface DenoiserSpec permits KeyframesSpec, InterpolateSpec, UpsampleSpec {

    GraphSpec graph();

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

    /** Checks the common fields; {@code stage} names them in errors. */
    static void check(
            String stage, GraphSpec graph, String prediction, ScheduleSpec schedule, String sampler, int steps) {
        String at = "stages." + stage;
        Rule.present(at + ".graph", graph);
        Rule.oneOf(at + ".prediction", prediction, Set.of("eps", "v", "x0"));
        Rule.present(at + ".schedule", schedule);
        Rule.oneOf(at + ".sampler", sampler, Set.of("ddim", "dpm++2m"));
        Rule.between(at + ".steps", steps, 1, schedule.steps());
        if (schedule.zeroTerminalSnr() && prediction.equals("eps")) {
            throw new ManifestException(at + ".prediction must be v or x0 where schedule.zeroTerminalSnr is true:"
                    + " pure noise says nothing of x0");
        }
    }
}
