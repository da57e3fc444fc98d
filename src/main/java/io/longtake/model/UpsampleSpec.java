package io.longtake.model;

import java.util.Locale;
import java.util.Set;

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
        DenoiserSpec.check(graph, prediction, schedule, sampler, steps);
        Rule.between("factor", factor, 2, 8);
        Rule.between("window", window, 1, 64);
        Rule.between("halo", halo, 0, 64);
        Rule.between("noiseLevel", noiseLevel, 0, schedule.steps() - 1.0);
        Rule.between("eta", eta, 0, 1);
    }

    @Override
    public StageOutput output(StageOutput source, ModelManifest.Latent latent, ModelManifest.SegmentSpec segment) {
        if (!(source instanceof StageOutput.FrameRun frames)) {
            throw new ManifestException("must work on frames, found " + source);
        }
        if (frames.length() % window != 0) {
            throw new ManifestException(String.format(
                    Locale.ROOT, "window must divide segment.frames %d, found %d", frames.length(), window));
        }
        return new StageOutput.FrameRun(frames.length(), frames.height() * factor, frames.width() * factor);
    }

    @Override
    public Set<InputRole> needs() {
        return Set.of(InputRole.SOURCE);
    }

    @Override
    public Set<InputRole> takes() {
        return Set.of(InputRole.HALO);
    }
}
