package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.InterpolationWindows;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.InputRole;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Puts latents between the keyframes ([VLDM] Sec. 3.3), T to 4T and, in a second pass, 16T: in, SOURCE (C, T, h, w), the keyframes;
 * out, (C, frames, h, w), what follows each keyframe that the next segment does not open with.
 */
final class InterpolateStage implements Stage {

    private final SceneText texts;
    private final ModelManifest manifest;
    private final InterpolateSpec spec;
    private final SamplingLoop loop;
    private final InterpolationWindows windows;

    /**
     * What one task brings to the batch of a pass.
     *
     * @param ends of its n windows
     * @param noise (n, C, factor + 1, h, w)
     */
    record InterpolateEntry(StageInput input, List<FrameContext> ends, Tensor noise) {}

    InterpolateStage(LoadedModel model, String name) {
        this(model, name, model.device().keepsArrays());
    }

    InterpolateStage(LoadedModel model, String name, boolean onDevice) {
        this.texts = new SceneText(model);
        this.manifest = model.manifest();
        this.spec = manifest.stages().spec(name, InterpolateSpec.class);
        this.loop = SamplingLoop.of(model, name, new Sampling(spec), onDevice);
        this.windows = new InterpolationWindows(spec.factor());
    }

    @Override
    public StageOutputs run(StageInput input, Cancellation cancellation) {
        return run(StageBatch.of(input), cancellation).get(0);
    }

    @Override
    public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
        List<Tensor> keys = batch.inputs().stream().map(this::keyframes).toList();
        for (int pass = 0; pass < spec.passes(); pass++) {
            keys = closed(between(batch, pass, keys, cancellation), keys);
        }
        return keys.stream()
                .map(latents ->
                        StageOutputs.of(latents.slice(1, 0, manifest.segment().frames())))
                .toList();
    }

    /** Those that this segment interpolates: its fresh ones, and the one that the next segment opens with. */
    private Tensor keyframes(StageInput input) {
        ModelManifest.Latent latent = manifest.latent();
        int count = manifest.segment().keyframes();
        return new Inputs(input)
                .tensor(InputRole.SOURCE, latent.channels(), count, latent.height(), latent.width())
                .slice(1, 0, count - manifest.segment().context() + 1);
    }

    /** The last window of the next pass ends where this one's does: at the closing keyframe. */
    private static List<Tensor> closed(List<Tensor> between, List<Tensor> keys) {
        int last = keys.get(0).size(1) - 1;
        return IntStream.range(0, keys.size())
                .mapToObj(b -> Tensor.concat(1, between.get(b), keys.get(b).slice(1, last, last + 1)))
                .toList();
    }

    private List<Tensor> between(StageBatch batch, int pass, List<Tensor> keys, Cancellation cancellation) {
        int count = keys.get(0).size(1) - 1;
        List<InterpolateEntry> entries = batch.filled(IntStream.range(0, keys.size())
                .mapToObj(b -> {
                    StageInput input = batch.inputs().get(b);
                    return new InterpolateEntry(input, windows.of(keys.get(b)), noise(input, pass, count, Noise.START));
                })
                .toList());
        StepNoise fresh = spec.eta() == 0
                ? StepNoise.NONE
                : step -> joined(entries.stream()
                        .map(entry -> noise(entry.input(), pass, count, step + 1))
                        .toList());
        return sample(entries, pass, fresh, cancellation).subList(0, keys.size());
    }

    /** The latents (C, factor * n, h, w) between the ends of each entry's n windows. */
    List<Tensor> sample(List<InterpolateEntry> entries, int pass, StepNoise fresh, Cancellation cancellation) {
        Tensor noise = joined(entries.stream().map(InterpolateEntry::noise).toList());
        Iterator<Tensor> samples = Batch.entries(loop.run(
                        SamplingRequest.plain(noise, conditions(entries, pass), spec.steps(), fresh), cancellation))
                .iterator();
        return entries.stream()
                .map(entry -> windows.join(entry.ends().stream()
                        .map(ends -> ends.restore(samples.next()))
                        .toList()))
                .toList();
    }

    private Map<String, Tensor> conditions(List<InterpolateEntry> entries, int pass) {
        List<FrameContext> ends =
                entries.stream().flatMap(entry -> entry.ends().stream()).toList();
        Map<String, Tensor> conditions = new HashMap<>();
        conditions.put(
                "c_s", Batch.of(ends.stream().map(FrameContext::condition).toList()));
        if (!spec.rates().isEmpty()) {
            conditions.put("rate", Tensor.filled(spec.rates().get(pass).floatValue(), ends.size()));
        }
        // Two keyframes say it all, so most models do without the prompt here.
        Set<String> inputs = spec.graph().inputs().keySet();
        if (inputs.contains("ctx_spatial")) {
            conditions.put("ctx_spatial", text(entries));
        }
        if (inputs.contains("ctx_temporal")) {
            conditions.put("ctx_temporal", text(entries));
        }
        return conditions;
    }

    private Tensor text(List<InterpolateEntry> entries) {
        return joined(entries.stream()
                .flatMap(entry -> Collections.nCopies(entry.ends().size(), texts.prompt(entry.input())).stream())
                .toList());
    }

    private static Tensor joined(List<Tensor> batches) {
        return Tensor.concat(0, batches.toArray(Tensor[]::new));
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
