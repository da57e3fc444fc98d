package io.longtake.bench.workers;

import io.longtake.model.DecodeSpec;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageSpec;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/** Which part of a segment's time each stage takes: that of {@code drive} 3 on two cores, and as much for another stage of the kind. */
final class StageShares {

    private static final double KEYFRAMES = 0.12;
    private static final double INTERPOLATE = 0.23;
    private static final double DECODE = 0.09;
    private static final double UPSAMPLE = 0.56;

    private StageShares() {}

    /** How long a call of each stage takes if all of a segment take so long. */
    static Map<String, Duration> of(ModelManifest manifest, Duration segment) {
        Map<String, Double> shares = manifest.pipeline().names().stream()
                .collect(Collectors.toMap(
                        stage -> stage, stage -> share(manifest.stages().spec(stage))));
        double whole = shares.values().stream().mapToDouble(share -> share).sum();
        return shares.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        share -> Duration.ofNanos(Math.round(segment.toNanos() * share.getValue() / whole))));
    }

    private static double share(StageSpec spec) {
        if (spec instanceof KeyframesSpec) {
            return KEYFRAMES;
        } else if (spec instanceof InterpolateSpec) {
            return INTERPOLATE;
        }
        return spec instanceof DecodeSpec ? DECODE : UPSAMPLE;
    }
}
