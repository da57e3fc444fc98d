package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.diffusion.InterpolationWindows;
import io.longtake.diffusion.Noise;
import io.longtake.diffusion.StepNoise;
import io.longtake.event.Scene;
import io.longtake.model.InputRole;
import io.longtake.model.LoadedModel;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import io.longtake.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interpolation in one pass and in two, over the toy models: 4 keyframes a segment, 2 of them the segment's own. */
class InterpolateStageTest {

    private static final int SEGMENT = 3;
    private static final long SEED = 7;

    @TempDir
    Path root;

    @Test
    void two_passes_make_sixteen_frames_of_a_keyframe_and_keep_it_in_its_place() {
        Tensor keyframes = keyframes();
        Tensor frames = interpolate(ToyModel.paced(), keyframes);
        assertThat(frames.shape()).containsExactly(4, 32, 2, 4);
        assertThat(frames.slice(1, 0, 1)).isEqualTo(keyframes.slice(1, 0, 1));
        assertThat(frames.slice(1, 16, 17)).isEqualTo(keyframes.slice(1, 1, 2));
    }

    @Test
    void the_second_pass_goes_between_what_the_first_one_made() {
        Tensor frames = interpolate(ToyModel.paced(), keyframes());
        Tensor first = interpolate(paced(0.0), keyframes());
        assertThat(first.size(1)).isEqualTo(8);
        for (int t = 0; t < 8; t++) {
            assertThat(frames.slice(1, 4 * t, 4 * t + 1)).isEqualTo(first.slice(1, t, t + 1));
            assertThat(frames.slice(1, 4 * t + 1, 4 * t + 2)).isNotEqualTo(first.slice(1, t, t + 1));
        }
    }

    @Test
    void the_last_window_of_the_second_pass_ends_at_the_keyframe_that_opens_the_next_segment() {
        Tensor other = keyframes();
        other.put(1, 2, Tensor.filled(5, 4, 1, 2, 4));
        Tensor frames = interpolate(ToyModel.paced(), keyframes());
        assertThat(interpolate(ToyModel.paced(), other).slice(1, 31, 32)).isNotEqualTo(frames.slice(1, 31, 32));
    }

    @Test
    void each_pass_tells_the_network_its_rate() {
        Tensor frames = interpolate(ToyModel.paced(), keyframes());
        Tensor slow = interpolate(paced(0.0, 0.0), keyframes());
        assertThat(slow.slice(1, 4, 5)).isEqualTo(frames.slice(1, 4, 5));
        assertThat(slow.slice(1, 5, 6)).isNotEqualTo(frames.slice(1, 5, 6));
    }

    @Test
    void the_noise_of_a_single_pass_is_of_stream_two_counted_in_frames_of_the_video() {
        try (LoadedModel model = ToyModel.open()) {
            Noise noise = new Noise(SEED, 2);
            Tensor explicit = Tensor.concat(
                    0,
                    Batch.of(noise.frames(4, 3, 2, 4, SEGMENT, 4 * SEGMENT, Noise.START)),
                    Batch.of(noise.frames(4, 3, 2, 4, SEGMENT, 4 * SEGMENT + 2, Noise.START)));
            InterpolateStage stage = new InterpolateStage(model, "interpolate");
            InterpolateStage.InterpolateEntry entry = new InterpolateStage.InterpolateEntry(
                    input(keyframes()),
                    new InterpolationWindows(2).of(keyframes().slice(1, 0, 3)),
                    explicit);
            List<Tensor> frames = stage.sample(List.of(entry), 0, StepNoise.NONE, Cancellation.NEVER);
            assertThat(stage.run(input(keyframes()), Cancellation.NEVER).out()).isEqualTo(frames.get(0));
        }
    }

    private static Tensor interpolate(StoredModel stored, Tensor keyframes) {
        try (LoadedModel model = LoadedModel.open(stored, "OnnxRuntime")) {
            return (Tensor) new InterpolateStage(model, "interpolate")
                    .run(input(keyframes), Cancellation.NEVER)
                    .out();
        }
    }

    private static StageInput input(Tensor keyframes) {
        return new StageInput(
                "interpolate", SEGMENT, new Scene("", "", SEED, 1.0, 1), Map.of(InputRole.SOURCE, keyframes));
    }

    /** The paced model with other passes. */
    private StoredModel paced(double... rates) {
        ToyModel.copy(root, manifest -> {});
        return ToyModel.copy("toy-paced", root, manifest -> {
            ArrayNode passes = ((ObjectNode) manifest.at("/stages/interpolate")).putArray("rates");
            for (double rate : rates) {
                passes.add(rate);
            }
            int frames = (int) (2 * Math.pow(4, rates.length));
            ((ObjectNode) manifest.at("/segment")).put("frames", frames);
        });
    }

    /** Keyframe t is filled with t. */
    private static Tensor keyframes() {
        Tensor keyframes = Tensor.zeros(4, 4, 2, 4);
        for (int t = 0; t < 4; t++) {
            keyframes.put(1, t, Tensor.filled(t, 4, 1, 2, 4));
        }
        return keyframes;
    }
}
