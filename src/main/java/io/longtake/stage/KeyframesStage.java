package io.longtake.stage;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.Guidance;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.StepGuide;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.InputSource;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Imagines the keyframes of a segment, out of what its {@link Continuation} needs of the segment before unless it is the first;
 * out, (C, T, h, w), and what the next segment needs beside them.
 */
final class KeyframesStage implements Stage {

    private final SceneText texts;
    private final ModelManifest manifest;
    private final KeyframesSpec spec;
    private final Continuation continuation;
    private final SamplingLoop loop;

    /** What one task brings to the batch. */
    record KeyframesEntry(StageInput input, SegmentSampling sampling) {}

    KeyframesStage(LoadedModel model, String name) {
        this(model, name, model.device().keepsArrays());
    }

    KeyframesStage(LoadedModel model, String name, boolean onDevice) {
        this.texts = new SceneText(model);
        this.manifest = model.manifest();
        this.spec = manifest.stages().spec(name, KeyframesSpec.class);
        this.continuation = Continuation.of(manifest);
        Sampling sampling = new Sampling(spec);
        this.loop = continuation.guidesStates()
                ? SamplingLoop.guided(model, name, sampling, onDevice)
                : SamplingLoop.of(model, name, sampling, onDevice);
    }

    @Override
    public StageOutputs run(StageInput input, Cancellation cancellation) {
        return run(StageBatch.of(input), cancellation).get(0);
    }

    @Override
    public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
        batch.inputs().forEach(this::check);
        List<KeyframesEntry> entries = batch.filled(batch.inputs().stream()
                .map(input -> new KeyframesEntry(input, continuation.begin(input, noise(input, Noise.START))))
                .toList());
        StepNoise fresh = spec.eta() == 0
                ? StepNoise.NONE
                : step -> Batch.of(entries.stream()
                        .map(entry -> noise(entry.input(), step + 1))
                        .toList());
        List<Tensor> keyframes = sample(entries, fresh, cancellation);
        return IntStream.range(0, batch.inputs().size())
                .mapToObj(b -> outputs(keyframes.get(b), entries.get(b).sampling()))
                .toList();
    }

    private static StageOutputs outputs(Tensor keyframes, SegmentSampling sampling) {
        return sampling.state()
                .map(state -> new StageOutputs(Map.of(InputSource.OUT, keyframes, InputSource.STATE, state)))
                .orElseGet(() -> StageOutputs.of(keyframes));
    }

    /**
     * What keyframes must have in common to share a call.
     *
     * @param guided whether they are asked for under the negative prompt too
     * @param opening whether nothing comes before: then there is no context to be guided towards
     */
    private record CallKey(int steps, boolean guided, boolean opening) {}

    @Override
    public Object callKey(StageInput input) {
        return new CallKey(input.steps(), input.guidance() != 1, input.segment() == 0);
    }

    private void check(StageInput input) {
        if (input.steps() > manifest.limits().steps()) {
            throw new StageInputException(String.format(
                    Locale.ROOT,
                    "steps must be at most %d, found %d",
                    manifest.limits().steps(),
                    input.steps()));
        }
        if (input.guidance() > manifest.limits().guidance()) {
            throw new StageInputException(String.format(
                    Locale.ROOT,
                    "guidance must be at most %s, found %s",
                    manifest.limits().guidance(),
                    input.guidance()));
        }
    }

    /** The keyframes (C, T, h, w) that grow from each entry's noise (C, T, h, w). */
    List<Tensor> sample(List<KeyframesEntry> entries, StepNoise fresh, Cancellation cancellation) {
        List<FrameContext> contexts =
                entries.stream().map(entry -> entry.sampling().context()).toList();
        List<Guidance> guidance =
                entries.stream().map(entry -> guidance(entry.input())).toList();
        Tensor noise =
                Batch.of(entries.stream().map(entry -> entry.sampling().noise()).toList());
        List<Tensor> samples = Batch.entries(loop.run(
                new SamplingRequest(
                        noise, conditions(entries), guidance, contexts, steps(entries), fresh, guide(entries)),
                cancellation));
        return IntStream.range(0, samples.size())
                .mapToObj(b -> entries.get(b).sampling().keyframes(samples.get(b)))
                .toList();
    }

    private StepGuide guide(List<KeyframesEntry> entries) {
        if (!continuation.guidesStates()) {
            return StepGuide.NONE;
        }
        return (step, states) -> {
            List<Tensor> reached = Batch.entries(states);
            return Batch.of(IntStream.range(0, reached.size())
                    .mapToObj(b -> entries.get(b).sampling().at(step, reached.get(b)))
                    .toList());
        };
    }

    private Guidance guidance(StageInput input) {
        // Without context frames there is nothing for their guidance to tell apart.
        return new Guidance(input.guidance(), input.segment() == 0 ? 1 : spec.contextGuidance());
    }

    private static int steps(List<KeyframesEntry> entries) {
        List<Integer> steps =
                entries.stream().map(entry -> entry.input().steps()).distinct().toList();
        if (steps.size() > 1) {
            throw new IllegalArgumentException("a batch of keyframes takes the same steps, found " + steps);
        }
        return steps.get(0);
    }

    /** The network's batch: every entry under the first condition of guidance, then every entry under the next. */
    private Map<String, Tensor> conditions(List<KeyframesEntry> entries) {
        List<Tensor> text = new ArrayList<>();
        List<Tensor> frames = new ArrayList<>();
        for (Guidance.Condition condition : guidance(entries.get(0).input()).conditions()) {
            for (KeyframesEntry entry : entries) {
                StageInput input = entry.input();
                text.add(condition.prompted() ? texts.prompt(input) : texts.negativePrompt(input));
                Tensor seen = entry.sampling().context().condition();
                frames.add(condition.continued() ? seen : Tensor.zeros(seen.shape()));
            }
        }
        Tensor said = Tensor.concat(0, text.toArray(Tensor[]::new));
        return Map.of("ctx_spatial", said, "ctx_temporal", said, "c_s", Batch.of(frames));
    }

    private Tensor noise(StageInput input, int step) {
        ModelManifest.Latent latent = manifest.latent();
        ModelManifest.SegmentSpec segment = manifest.segment();
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
