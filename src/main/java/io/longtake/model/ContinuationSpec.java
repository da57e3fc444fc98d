package io.longtake.model;

import java.util.Locale;
import java.util.Set;

/**
 * How a segment's keyframes follow those of the segment before.
 *
 * @param type prediction: given the last ones, {@code segment.context} of them, by a network trained for it ([VLDM] Sec. 3.2);
 *     reuse-and-diffuse: out of the noise and the trajectory of the segment before, by any network ([VidRD] Sec. 3), with the
 *     other three
 * @param prompts M, the first keyframes of a segment that follow the end of the segment before
 * @param reuse alpha, the weight of old noise in the keyframes after them; 0: all fresh
 * @param guided beta, the share of the steps during which the first keyframe follows
 */
public record ContinuationSpec(String type, Integer prompts, Double reuse, Double guided) {

    /** What a manifest means that does not say. */
    static final ContinuationSpec PREDICTION = new ContinuationSpec("prediction", null, null, null);

    private static final String REUSE = "reuse-and-diffuse";
    private static final double MAX_REUSE = 1000;

    /** What a payload holds at most. */
    private static final long MAX_STATE_BYTES = 1L << 26;

    public ContinuationSpec {
        Rule.oneOf("continuation.type", type, Set.of("prediction", REUSE));
        if (type.equals(REUSE)) {
            Rule.present("continuation.prompts", prompts);
            Rule.present("continuation.reuse", reuse);
            Rule.present("continuation.guided", guided);
            Rule.between("continuation.prompts", prompts, 1, 256);
            Rule.between("continuation.reuse", reuse, 0, MAX_REUSE);
            Rule.between("continuation.guided", guided, 0, 1);
        } else if (prompts != null || reuse != null || guided != null) {
            throw new ManifestException("continuation.prompts, reuse and guided belong to the type " + REUSE
                    + ", found them with the type " + type);
        }
    }

    /** Whether a segment needs the trajectory of the one before, and no keyframes of it. */
    public boolean reuses() {
        return type.equals(REUSE);
    }

    /** Checks that keyframes sampled so can follow each other so. */
    void check(double eta, double contextGuidance) {
        if (!reuses()) {
            return;
        }
        if (eta != 0) {
            throw new ManifestException(
                    String.format(Locale.ROOT, "eta must be 0 if continuation.type is %s, found %s:", REUSE, eta)
                            + " a sampler that draws noise at every step does not come by the same states again");
        }
        if (contextGuidance != 1) {
            throw new ManifestException(String.format(
                            Locale.ROOT,
                            "contextGuidance must be 1 if continuation.type is %s, found %s:",
                            REUSE,
                            contextGuidance)
                    + " no keyframes are given to be guided by");
        }
    }

    /** Checks that it fits a model's sizes. */
    void check(ModelManifest.SegmentSpec segment, ModelManifest.Latent latent, ModelManifest.Limits limits) {
        if (!reuses()) {
            return;
        }
        if (segment.context() != 1) {
            throw new ManifestException(String.format(
                            Locale.ROOT,
                            "segment.context must be 1 if continuation.type is %s, found %d:",
                            REUSE,
                            segment.context())
                    + " a segment's first keyframe stands for the last one of the segment before");
        }
        Rule.between("continuation.prompts", prompts, 1, segment.keyframes());
        long floats = (long) limits.steps() * segment.keyframes() * latent.channels() * latent.height();
        long bytes = Math.multiplyExact(Math.multiplyExact(floats, latent.width()), Float.BYTES);
        if (bytes > MAX_STATE_BYTES) {
            throw new ManifestException(String.format(
                    Locale.ROOT,
                    "limits.steps must be such that the states of a segment, %d bytes a step,"
                            + " are at most %d bytes if continuation.type is %s, found %d steps",
                    bytes / limits.steps(),
                    MAX_STATE_BYTES,
                    REUSE,
                    limits.steps()));
        }
    }
}
