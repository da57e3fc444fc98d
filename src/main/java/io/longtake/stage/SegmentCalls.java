package io.longtake.stage;

import io.longtake.diffusion.Guidance;
import io.longtake.model.DecodeSpec;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.model.StageSpec;
import io.longtake.model.UpsampleSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The calls that a stage makes of its network for one segment that has one before it, with the model's own steps and guidance.
 *
 * @param manifest of the model
 */
public record SegmentCalls(ModelManifest manifest) {

    /**
     * Calls of one size.
     *
     * @param segments that a call is as large as, as in {@link CallShapes}
     * @param times that it is made
     */
    public record SizedCalls(int segments, int times) {}

    public List<SizedCalls> of(String stage) {
        StageSpec spec = manifest.stages().spec(stage);
        if (spec instanceof KeyframesSpec keyframes) {
            int conditions = new Guidance(keyframes.guidance(), keyframes.contextGuidance())
                    .conditions()
                    .size();
            return List.of(new SizedCalls(conditions, keyframes.steps()));
        } else if (spec instanceof InterpolateSpec interpolate) {
            // each pass has as many windows as there are latents after the one before
            return IntStream.range(0, interpolate.passes())
                    .mapToObj(pass -> new SizedCalls((int) Math.pow(interpolate.factor(), pass), interpolate.steps()))
                    .toList();
        } else if (spec instanceof DecodeSpec) {
            return List.of(new SizedCalls(1, 1));
        }
        UpsampleSpec upsample = (UpsampleSpec) spec;
        StageOutput.FrameRun made = (StageOutput.FrameRun) manifest.output(stage);
        return List.of(new SizedCalls(1, made.length() / upsample.window() * upsample.steps()));
    }
}
