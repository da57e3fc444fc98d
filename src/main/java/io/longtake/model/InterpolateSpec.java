package io.longtake.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The model that puts {@code factor - 1} latents between every two keyframes, and between those again if it runs in several
 * passes ([VLDM] Sec. 3.3: one network for both frame rates, told which by a label).
 *
 * @param factor of one pass, T to factor * T
 * @param window latents of one call: a keyframe, what lies between, the next keyframe
 * @param rates label of the frame rate, one per pass: input {@code rate} of the graph, which is there exactly where they are;
 *     none: one pass, without a label
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
        List<Double> rates,
        double eta)
        implements DenoiserSpec {

    private static final int MAX_PASSES = 4;
    private static final double HIGHEST_RATE = 1000;

    public InterpolateSpec {
        DenoiserSpec.check(graph, prediction, schedule, sampler, steps);
        Rule.between("factor", factor, 2, 16);
        Rule.equal("window", factor + 1, window);
        Rule.between("eta", eta, 0, 1);
        if (rates == null) {
            rates = List.of();
        } else {
            Rule.between("number of rates", rates.size(), 1, MAX_PASSES);
            for (Double rate : rates) {
                Rule.present("one of rates", rate);
                Rule.between("one of rates", rate, 0, HIGHEST_RATE);
            }
            rates = List.copyOf(rates);
        }
        if (graph.inputs().containsKey("rate") == rates.isEmpty()) {
            throw new ManifestException("rates must be there exactly if the graph has an input 'rate', found rates "
                    + rates + " and inputs " + graph.inputs().keySet());
        }
    }

    /** Times that the network runs over a segment, each over what the one before made. */
    public int passes() {
        return Math.max(1, rates.size());
    }

    /** Frames that one keyframe becomes: factor to the power of the passes. */
    public int framesPerKeyframe() {
        int frames = 1;
        for (int pass = 0; pass < passes(); pass++) {
            frames *= factor;
        }
        return frames;
    }

    @Override
    public StageOutput output(StageOutput source, ModelManifest.Latent latent, ModelManifest.SegmentSpec segment) {
        if (!source.equals(new StageOutput.LatentRun(segment.keyframes()))) {
            throw new ManifestException(
                    String.format(Locale.ROOT, "must work on %d keyframes, found %s", segment.keyframes(), source));
        }
        return new StageOutput.LatentRun((segment.keyframes() - segment.context()) * framesPerKeyframe());
    }

    @Override
    public Set<InputRole> needs() {
        return Set.of(InputRole.SOURCE);
    }
}
