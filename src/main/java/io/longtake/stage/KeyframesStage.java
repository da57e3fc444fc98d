package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.Guidance;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Content;
import io.longtake.tensor.Tensor;
import java.util.List;
import java.util.Map;

/**
 * Imagines the keyframes of a segment, given the last ones of the segment before ([VLDM] Sec. 3.2): in, CONTEXT (C, T, h, w) unless
 * it is the first; out, (C, T, h, w), the first of them the context's own.
 */
final class KeyframesStage implements Stage {

    private final LoadedModel model;
    private final ModelManifest manifest;
    private final KeyframesSpec spec;
    private final Sampling sampling;

    KeyframesStage(LoadedModel model) {
        this.model = model;
        this.manifest = model.manifest();
        this.spec = manifest.stages().keyframes();
        this.sampling = new Sampling(spec);
    }

    @Override
    public Content run(StageInput input, Cancellation cancellation) {
        if (input.steps() > manifest.limits().steps()) {
            throw new StageInputException("steps must be at most %d, found %d"
                    .formatted(manifest.limits().steps(), input.steps()));
        }
        if (input.guidance() > manifest.limits().guidance()) {
            throw new StageInputException("guidance must be at most %s, found %s"
                    .formatted(manifest.limits().guidance(), input.guidance()));
        }
        StepNoise fresh = spec.eta() == 0 ? StepNoise.NONE : step -> Batch.of(noise(input, step + 1));
        return sample(input, context(input), Batch.of(noise(input, Noise.START)), fresh, cancellation);
    }

    /** The keyframes (C, T, h, w) that grow from this noise (1, C, T, h, w). */
    Tensor sample(StageInput input, FrameContext context, Tensor noise, StepNoise fresh, Cancellation cancellation) {
        // Without context frames there is nothing for their guidance to tell apart.
        Guidance guidance = new Guidance(input.guidance(), input.segment() == 0 ? 1 : spec.contextGuidance());
        Tensor sample = sampling.run(
                context.held(
                        Sampling.denoiser(
                                model.graph("keyframes")::run,
                                conditions(input, context, guidance),
                                guidance,
                                cancellation),
                        sampling.schedule(),
                        noise),
                input.steps(),
                noise,
                fresh);
        return context.restore(Batch.single(sample));
    }

    private FrameContext context(StageInput input) {
        ModelManifest.Latent latent = manifest.latent();
        int frames = manifest.segment().keyframes();
        Inputs inputs = new Inputs(input);
        if (!inputs.follows(InputRole.CONTEXT)) {
            return FrameContext.none(latent.channels(), frames, latent.height(), latent.width());
        }
        Tensor before = inputs.tensor(InputRole.CONTEXT, latent.channels(), frames, latent.height(), latent.width());
        return FrameContext.first(before.slice(1, frames - manifest.segment().context(), frames), frames);
    }

    /** One entry of the batch per condition of guidance. */
    private Map<String, Tensor> conditions(StageInput input, FrameContext context, Guidance guidance) {
        Tensor seen = context.condition();
        Tensor unseen = Tensor.zeros(seen.shape());
        List<Guidance.Condition> conditions = guidance.conditions();
        Tensor text = Tensor.concat(
                0,
                conditions.stream()
                        .map(c -> model.text().embed(c.prompted() ? input.prompt() : input.negativePrompt()))
                        .toArray(Tensor[]::new));
        Tensor frames = Batch.of(
                conditions.stream().map(c -> c.continued() ? seen : unseen).toList());
        return Map.of("ctx_spatial", text, "ctx_temporal", text, "c_s", frames);
    }

    private Tensor noise(StageInput input, int step) {
        ModelManifest.Latent latent = manifest.latent();
        ModelManifest.Segment segment = manifest.segment();
        long first = (long) input.segment() * (segment.keyframes() - segment.context());
        return NoiseStream.KEYFRAMES
                .of(input.seed())
                .frames(
                        latent.channels(),
                        segment.keyframes(),
                        latent.height(),
                        latent.width(),
                        input.segment(),
                        first,
                        step);
    }
}
