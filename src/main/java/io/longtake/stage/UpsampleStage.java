package io.longtake.stage;

import io.longtake.diffusion.Halo;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.NoiseAugmentation;
import io.longtake.diffusion.StepNoise;
import io.longtake.model.Device;
import io.longtake.model.InputRole;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.StageOutput;
import io.longtake.model.UpsampleSpec;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Enlarges frames with the video-aware diffusion upsampler ([VLDM] Sec. 3.4): in, SOURCE and, but for the first segment, HALO, decoded
 * frames; out, frames of the video. Window by window, each with a halo before it; a frame's noise is its own, in whichever
 * window and segment it is seen, so a halo shows what its window showed. Windows need nothing of each other: they run at once if
 * the device takes several calls.
 */
final class UpsampleStage implements Stage {

    private final StageOutput.FrameRun source;
    private final StageOutput.FrameRun made;
    private final int turn;
    private final UpsampleSpec spec;
    private final SamplingLoop loop;
    private final NoiseAugmentation augmentation;
    private final Halo halo;
    private final Device device;

    /**
     * What one task brings to the batch of a window.
     *
     * @param low small frames (3, T, h, w)
     * @param lowNoise to put on them, of their shape
     * @param noise that the large frames grow from, (3, T, H, W)
     */
    record UpsampleEntry(Tensor low, Tensor lowNoise, Tensor noise) {}

    /** Small frames of a segment with their halo (3, halo + frames, h, w), whose first frame has this place in its video. */
    private record Segment(Tensor low, long first, long seed) {}

    UpsampleStage(LoadedModel model, String name) {
        this(model, name, model.device().keepsArrays());
    }

    UpsampleStage(LoadedModel model, String name, boolean onDevice) {
        ModelManifest manifest = model.manifest();
        this.source = (StageOutput.FrameRun) manifest.source(name).orElseThrow();
        this.made = (StageOutput.FrameRun) manifest.output(name);
        this.turn = manifest.turn(name);
        this.spec = manifest.stages().spec(name, UpsampleSpec.class);
        Sampling sampling = new Sampling(spec);
        this.loop = SamplingLoop.of(model, name, sampling, onDevice);
        this.augmentation = NoiseAugmentation.at(sampling.schedule(), spec.noiseLevel());
        this.halo = new Halo(spec.halo());
        this.device = model.device();
    }

    @Override
    public StageOutputs run(StageInput input, Cancellation cancellation) {
        return run(StageBatch.of(input), cancellation).get(0);
    }

    @Override
    public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
        List<Segment> segments = batch.inputs().stream().map(this::segment).toList();
        int frames = made.length();
        int height = made.height();
        int width = made.width();
        List<byte[]> videos = segments.stream()
                .map(s -> new byte[frames * width * height * 3])
                .toList();
        List<Supplier<Void>> windows = new ArrayList<>();
        for (int at = 0; at < frames; at += spec.window()) {
            int first = at;
            windows.add(() -> {
                enlarge(batch, segments, first, videos, cancellation);
                return null;
            });
        }
        device.together(windows);
        return videos.stream()
                .map(video -> StageOutputs.of(new Frames(frames, height, width, video)))
                .toList();
    }

    /** Fills a window's frames into the videos. */
    private void enlarge(
            StageBatch batch, List<Segment> segments, int at, List<byte[]> videos, Cancellation cancellation) {
        List<Tensor> windows = window(batch, segments, at, cancellation);
        for (int b = 0; b < videos.size(); b++) {
            Frames window = Pixels.frames(halo.drop(windows.get(b)));
            System.arraycopy(window.rgb(), 0, videos.get(b), at * window.frameBytes(), window.rgb().length);
        }
    }

    private Segment segment(StageInput input) {
        Inputs inputs = new Inputs(input);
        Tensor source = Pixels.tensor(frames(inputs, InputRole.SOURCE));
        Tensor before = inputs.follows(InputRole.HALO) ? Pixels.tensor(frames(inputs, InputRole.HALO)) : null;
        long first = (long) input.segment() * made.length() - spec.halo();
        return new Segment(halo.extend(source, before), first, input.seed());
    }

    private Frames frames(Inputs inputs, InputRole role) {
        return inputs.frames(role, source.length(), source.height(), source.width());
    }

    /** The window of each segment that starts at one of its frames, (3, halo + window, H, W). */
    private List<Tensor> window(StageBatch batch, List<Segment> segments, int at, Cancellation cancellation) {
        List<UpsampleEntry> entries = batch.filled(
                segments.stream().map(segment -> entry(segment, at)).toList());
        StepNoise fresh = spec.eta() == 0
                ? StepNoise.NONE
                : step -> Batch.of(batch.filled(segments.stream()
                        .map(segment -> large(segment, at, step + 1))
                        .toList()));
        return sample(entries, fresh, cancellation);
    }

    private UpsampleEntry entry(Segment segment, int at) {
        Tensor low = segment.low().slice(1, at, at + spec.halo() + spec.window());
        Tensor lowNoise =
                noise(NoiseStream.AUGMENTATION, segment.seed(), low.shape(), segment.first() + at, Noise.START);
        return new UpsampleEntry(low, lowNoise, large(segment, at, Noise.START));
    }

    private Tensor large(Segment segment, int at, int step) {
        int[] shape = {3, spec.halo() + spec.window(), made.height(), made.width()};
        return noise(NoiseStream.UPSAMPLE, segment.seed(), shape, segment.first() + at, step);
    }

    /** The frames (3, T, H, W) that grow from each entry's noise. */
    List<Tensor> sample(List<UpsampleEntry> entries, StepNoise fresh, Cancellation cancellation) {
        List<Tensor> low = entries.stream()
                .map(entry -> augmentation.apply(entry.low(), entry.lowNoise()))
                .toList();
        Map<String, Tensor> conditions =
                Map.of("low", Batch.of(low), "noise_level", Tensor.filled(spec.noiseLevel(), entries.size()));
        Tensor noise = Batch.of(entries.stream().map(UpsampleEntry::noise).toList());
        return Batch.entries(loop.run(SamplingRequest.plain(noise, conditions, spec.steps(), fresh), cancellation));
    }

    private Tensor noise(NoiseStream stream, long seed, int[] shape, long first, int step) {
        Noise noise = stream.ofTurn(seed, turn);
        Tensor out = Tensor.zeros(shape);
        for (int t = 0; t < shape[1]; t++) {
            long place = first + t;
            int segment = (int) Math.floorDiv(place, made.length());
            noise.fill(out, t, segment, place, step);
        }
        return out;
    }
}
