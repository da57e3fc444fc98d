package io.longtake.model;

/**
 * The video-aware diffusion upsampler.
 *
 * @param factor growth of width and height
 * @param window frames of one call, halo not counted
 * @param halo frames before the window that a call sees too; their outputs are dropped
 * @param noiseLevel discrete time t_gamma of the noise put on the low-resolution frames (Eq. 5)
 * @param eta see {@link DenoiserSpec#eta}
 */
public record UpsampleSpec(
        GraphSpec graph,
        String prediction,
        ScheduleSpec schedule,
        String sampler,
        int steps,
        int factor,
        int window,
        int halo,
        int noiseLevel,
        double eta)
        implements DenoiserSpec {

    public UpsampleSpec {
        DenoiserSpec.check("upsample", graph, prediction, schedule, sampler, steps);
        Rule.between("stages.upsample.factor", factor, 2, 8);
        Rule.between("stages.upsample.window", window, 1, 64);
        Rule.between("stages.upsample.halo", halo, 0, 64);
        Rule.between("stages.upsample.noiseLevel", noiseLevel, 0, schedule.steps() - 1.0);
        Rule.between("stages.upsample.eta", eta, 0, 1);
    }
}
