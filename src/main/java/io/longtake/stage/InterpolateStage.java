package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.Guidance;
import io.longtake.diffusion.InterpolationWindows;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Content;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts latents between the keyframes ([VLDM] Sec. 3.3), T to 4T and, in a second pass, 16T: in, SOURCE (C, T, h, w), the keyframes;
 * out, (C, frames, h, w), what follows each keyframe that the next segment does not open with.
 */
final class InterpolateStage implements Stage {

    private final LoadedModel model;
    private final ModelManifest manifest;
    private final InterpolateSpec spec;
    private final Sampling sampling;
    private final InterpolationWindows windows;

    InterpolateStage(LoadedModel model) {
        this.model = model;
        this.manifest = model.manifest();
        this.spec = manifest.stages().interpolate();
        this.sampling = new Sampling(spec);
        this.windows = new InterpolationWindows(spec.factor());
    }

    @Override
    public Content run(StageInput input, Cancellation cancellation) {
        ModelManifest.Latent latent = manifest.latent();
        Tensor source = new Inputs(input)
                .tensor(
                        InputRole.SOURCE,
                        latent.channels(),
                        manifest.segment().keyframes(),
                        latent.height(),
                        latent.width());
        int fresh = manifest.segment().keyframes() - manifest.segment().context();
        Tensor keys = source.slice(1, 0, fresh + 1);
        for (int pass = 0; pass < spec.passes(); pass++) {
            // The last window of the next pass ends where this one's does: at the closing keyframe.
            Tensor closing = keys.slice(1, keys.size(1) - 1, keys.size(1));
            keys = Tensor.concat(1, between(input, pass, keys, cancellation), closing);
        }
        return keys.slice(1, 0, manifest.segment().frames());
    }

    private Tensor between(StageInput input, int pass, Tensor keys, Cancellation cancellation) {
        int count = keys.size(1) - 1;
        StepNoise fresh = spec.eta() == 0 ? StepNoise.NONE : step -> noise(input, pass, count, step + 1);
        return sample(input, pass, windows.of(keys), noise(input, pass, count, Noise.START), fresh, cancellation);
    }

    /** The latents (C, factor * n, h, w) between the ends of n windows that grow from this noise (n, C, factor + 1, h, w). */
    Tensor sample(
            StageInput input,
            int pass,
            List<FrameContext> ends,
            Tensor noise,
            StepNoise fresh,
            Cancellation cancellation) {
        Tensor samples = sampling.run(
                Sampling.denoiser(
                        model.graph("interpolate")::run, conditions(input, pass, ends), Guidance.NONE, cancellation),
                spec.steps(),
                noise,
                fresh);
        List<Tensor> between = Batch.entries(samples);
        List<Tensor> restored = new ArrayList<>();
        for (int w = 0; w < between.size(); w++) {
            restored.add(ends.get(w).restore(between.get(w)));
        }
        return windows.join(restored);
    }

    private Map<String, Tensor> conditions(StageInput input, int pass, List<FrameContext> ends) {
        Map<String, Tensor> conditions = new HashMap<>();
        conditions.put(
                "c_s", Batch.of(ends.stream().map(FrameContext::condition).toList()));
        if (!spec.rates().isEmpty()) {
            conditions.put("rate", Tensor.filled(spec.rates().get(pass).floatValue(), ends.size()));
        }
        // Two keyframes say it all, so most models do without the prompt here.
        Set<String> inputs = spec.graph().inputs().keySet();
        if (inputs.contains("ctx_spatial")) {
            conditions.put("ctx_spatial", text(input, ends.size()));
        }
        if (inputs.contains("ctx_temporal")) {
            conditions.put("ctx_temporal", text(input, ends.size()));
        }
        return conditions;
    }

    private Tensor text(StageInput input, int copies) {
        Tensor text = model.text().embed(input.prompt());
        return Tensor.concat(0, Collections.nCopies(copies, text).toArray(Tensor[]::new));
    }

    /** Noise (n, C, factor + 1, h, w) for the n windows of a pass; a latent's place is counted at the rate that the pass makes. */
    private Tensor noise(StageInput input, int pass, int count, int step) {
        ModelManifest.Latent latent = manifest.latent();
        Noise noise = NoiseStream.INTERPOLATE.of(input.seed(), pass);
        long first = (long) input.segment() * count * windows.factor();
        List<Tensor> entries = new ArrayList<>();
        for (int w = 0; w < count; w++) {
            entries.add(noise.frames(
                    latent.channels(),
                    windows.length(),
                    latent.height(),
                    latent.width(),
                    input.segment(),
                    first + (long) w * windows.factor(),
                    step));
        }
        return Batch.of(entries);
    }
}
