package io.longtake.stage;

import io.longtake.diffusion.Guidance;
import io.longtake.diffusion.Halo;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.NoiseAugmentation;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.DecodeSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.UpsampleSpec;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.Map;

/**
 * Enlarges frames with the video-aware diffusion upsampler ([VLDM] Sec. 3.4): in, SOURCE and, but for the first segment, HALO, decoded
 * frames; out, frames of the film. Window by window, each with a halo before it; a frame's noise is its own, in whichever
 * window and segment it is seen, so a halo shows what its window showed.
 */
final class UpsampleStage implements Stage {

    private final LoadedModel model;
    private final ModelManifest manifest;
    private final UpsampleSpec spec;
    private final Sampling sampling;
    private final NoiseAugmentation augmentation;
    private final Halo halo;

    UpsampleStage(LoadedModel model) {
        this.model = model;
        this.manifest = model.manifest();
        this.spec = manifest.stages().upsample();
        this.sampling = new Sampling(spec);
        this.augmentation = NoiseAugmentation.at(sampling.schedule(), spec.noiseLevel());
        this.halo = new Halo(spec.halo());
    }

    @Override
    public Content run(StageInput input, Cancellation cancellation) {
        Inputs inputs = new Inputs(input);
        Tensor source = Pixels.tensor(frames(inputs, InputRole.SOURCE));
        Tensor before = inputs.follows(InputRole.HALO) ? Pixels.tensor(frames(inputs, InputRole.HALO)) : null;
        Tensor low = halo.extend(source, before);
        int frames = manifest.segment().frames();
        long first = (long) input.segment() * frames - spec.halo();
        byte[] film =
                new byte[frames * manifest.film().width() * manifest.film().height() * 3];
        for (int at = 0; at < frames; at += spec.window()) {
            Frames window =
                    window(low.slice(1, at, at + spec.halo() + spec.window()), first + at, input.seed(), cancellation);
            System.arraycopy(window.rgb(), 0, film, at * window.frameBytes(), window.rgb().length);
        }
        return new Frames(frames, manifest.film().height(), manifest.film().width(), film);
    }

    private Frames frames(Inputs inputs, InputRole role) {
        DecodeSpec decode = manifest.stages().decode();
        return inputs.frames(role, manifest.segment().frames(), decode.frameHeight(), decode.frameWidth());
    }

    /** One window (3, halo + window, h, w), whose first frame has this place in the film. */
    private Frames window(Tensor low, long first, long seed, Cancellation cancellation) {
        int[] large = {3, low.size(1), manifest.film().height(), manifest.film().width()};
        Tensor sample = sample(
                low,
                noise(NoiseStream.AUGMENTATION, seed, low.shape(), first, Noise.START),
                noise(NoiseStream.UPSAMPLE, seed, large, first, Noise.START),
                spec.eta() == 0
                        ? StepNoise.NONE
                        : step -> Batch.of(noise(NoiseStream.UPSAMPLE, seed, large, first, step + 1)),
                cancellation);
        return Pixels.frames(halo.drop(sample));
    }

    /** The frames that grow from this noise (3, T, H, W), given small ones (3, T, h, w) and the noise to put on them. */
    Tensor sample(Tensor low, Tensor lowNoise, Tensor noise, StepNoise fresh, Cancellation cancellation) {
        Map<String, Tensor> conditions = Map.of(
                "low", Batch.of(augmentation.apply(low, lowNoise)), "noise_level", Tensor.filled(spec.noiseLevel(), 1));
        return Batch.single(sampling.run(
                Sampling.denoiser(model.graph("upsample")::run, conditions, Guidance.NONE, cancellation),
                spec.steps(),
                Batch.of(noise),
                fresh));
    }

    private Tensor noise(NoiseStream stream, long seed, int[] shape, long first, int step) {
        Noise noise = stream.of(seed);
        Tensor out = Tensor.zeros(shape);
        for (int t = 0; t < shape[1]; t++) {
            long place = first + t;
            int segment = (int) Math.floorDiv(place, manifest.segment().frames());
            noise.fill(out, t, segment, place, step);
        }
        return out;
    }
}
