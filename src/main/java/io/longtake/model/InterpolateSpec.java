package io.longtake.model;

/**
 * The model that puts {@code factor - 1} latents between every two keyframes.
 *
 * @param factor T to factor * T
 * @param window latents of one call: a keyframe, what lies between, the next keyframe
 * @param eta see {@link DenoiserSpec#eta}
 */
public record InterpolateSpec(
        GraphSpec graph,
        String prediction,
        ScheduleSpec schedule,
        String sampler,
        int steps,
        int factor,
        int window,
        double eta)
        implements DenoiserSpec {

    public InterpolateSpec {
        DenoiserSpec.check("interpolate", graph, prediction, schedule, sampler, steps);
        Rule.between("stages.interpolate.factor", factor, 2, 16);
        Rule.equal("stages.interpolate.window", factor + 1, window);
        Rule.between("stages.interpolate.eta", eta, 0, 1);
    }
}
