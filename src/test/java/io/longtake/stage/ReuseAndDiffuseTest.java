package io.longtake.stage;

import static io.longtake.diffusion.RelativeError.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.diffusion.RelativeError;
import io.longtake.diffusion.SafeTensors;
import io.longtake.event.Scene;
import io.longtake.model.InputRole;
import io.longtake.model.InputSource;
import io.longtake.model.LoadedModel;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import io.longtake.tensor.Content;
import io.longtake.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Four segments that grow out of each other, from a seed and prompts, beside those of {@code models/longtake_models/reuse.py}. */
class ReuseAndDiffuseTest {

    private static final SafeTensors GOLDEN = SafeTensors.golden("reuse");
    private static final String[] PROMPTS = GOLDEN.note("prompts").split(",");
    private static final int STEPS = Integer.parseInt(GOLDEN.note("steps"));

    /** A hundred times what the comparison allows. */
    private static final double FAR = 0.01;

    @TempDir
    Path root;

    private record Segment(Tensor keyframes, Tensor state) {}

    /** On a device as on the host: a loop of guided states runs on the host. */
    @ParameterizedTest
    @CsvSource({
        "ddim, ddim, 0.5, false",
        "ddim, ddim, 0.5, true",
        "dpm2m, dpm++2m, 0.5, false",
        "unguided, ddim, 0, false"
    })
    void segments_are_those_of_the_reference(String name, String sampler, double guided, boolean onDevice) {
        StoredModel stored = model(keyframes -> {
            keyframes.put("sampler", sampler);
            continuation(keyframes).put("guided", guided);
        });
        List<Segment> found = segments(stored, onDevice);
        for (int i = 0; i < PROMPTS.length; i++) {
            assertGolden(found.get(i).keyframes(), part(name + ".latents", i));
            assertGolden(found.get(i).state(), part(name + ".states", i));
        }
    }

    @ParameterizedTest
    @CsvSource({"reuse, past", "guided, staged"})
    void without_past_dependent_noise_or_staged_guidance_segments_are_others(String field, String rule) {
        List<Segment> found =
                segments(model(keyframes -> continuation(keyframes).put(field, 0)), false);
        assertAreThoseWithout(rule, found, "ddim");
    }

    /** A trajectory whose frames are reversed beforehand comes out of noise reversion as it was. */
    @Test
    void without_noise_reversion_segments_are_others() {
        StoredModel unguided = model(keyframes -> continuation(keyframes).put("guided", 0));
        assertAreThoseWithout("reversion", segments(unguided, false, ReuseAndDiffuseTest::reversed), "unguided");
    }

    @Test
    void the_first_keyframe_comes_nearer_to_the_last_one_before_than_keyframes_of_one_segment_are() {
        List<Segment> found = segments(ToyModel.reuse(), false);
        for (int i = 1; i < PROMPTS.length; i++) {
            Tensor now = found.get(i).keyframes();
            Tensor before = found.get(i - 1).keyframes();
            double seam = distance(now.slice(1, 0, 1), before.slice(1, 5, 6));
            assertThat(seam).isLessThan(distance(now.slice(1, 0, 5), now.slice(1, 1, 6)) / 4);
        }
    }

    @Test
    void a_segment_without_the_trajectory_before_it_is_refused() {
        try (LoadedModel model = LoadedModel.open(ToyModel.reuse(), "OnnxRuntime")) {
            KeyframesStage stage = new KeyframesStage(model, "keyframes");
            assertThatThrownBy(() -> stage.run(input(1, Map.of()), Cancellation.NEVER))
                    .isInstanceOf(StageInputException.class)
                    .hasMessage("keyframes of segment 1: input 'state' must be Tensor[10, 4, 6, 2, 4], found null");
        }
    }

    /** Then it was at other times of the schedule. */
    @Test
    void a_trajectory_of_other_steps_is_refused() {
        try (LoadedModel model = LoadedModel.open(ToyModel.reuse(), "OnnxRuntime")) {
            KeyframesStage stage = new KeyframesStage(model, "keyframes");
            Map<InputRole, Content> shorter = Map.of(InputRole.STATE, Tensor.zeros(9, 4, 6, 2, 4));
            assertThatThrownBy(() -> stage.run(input(1, shorter), Cancellation.NEVER))
                    .hasMessage(
                            "keyframes of segment 1: input 'state' must be Tensor[10, 4, 6, 2, 4], found Tensor[9, 4, 6, 2, 4]");
            Map<InputRole, Content> early = Map.of(InputRole.STATE, Tensor.zeros(10, 4, 6, 2, 4));
            assertThatThrownBy(() -> stage.run(input(0, early), Cancellation.NEVER))
                    .hasMessageContaining("must be none, for nothing comes before segment 0");
        }
    }

    private StoredModel model(Consumer<ObjectNode> edit) {
        ToyModel.copy("toy", root, manifest -> {});
        return ToyModel.copy("toy-reuse", root, manifest -> edit.accept((ObjectNode) manifest.at("/stages/keyframes")));
    }

    private static ObjectNode continuation(ObjectNode keyframes) {
        return (ObjectNode) keyframes.get("continuation");
    }

    private static List<Segment> segments(StoredModel stored, boolean onDevice) {
        return segments(stored, onDevice, UnaryOperator.identity());
    }

    private static List<Segment> segments(StoredModel stored, boolean onDevice, UnaryOperator<Tensor> handedOn) {
        List<Segment> segments = new ArrayList<>();
        try (LoadedModel model = LoadedModel.open(stored, "OnnxRuntime")) {
            KeyframesStage stage = new KeyframesStage(model, "keyframes", onDevice);
            Map<InputRole, Content> inputs = Map.of();
            for (int i = 0; i < PROMPTS.length; i++) {
                StageOutputs made = stage.run(input(i, inputs), Cancellation.NEVER);
                Segment segment =
                        new Segment((Tensor) made.out(), (Tensor) made.byName().get(InputSource.STATE));
                segments.add(segment);
                inputs = Map.of(InputRole.STATE, handedOn.apply(segment.state()));
            }
        }
        return segments;
    }

    /** Frames (axis 2) in reverse. */
    private static Tensor reversed(Tensor states) {
        Tensor out = Tensor.zeros(states.shape().clone());
        int frames = states.size(2);
        for (int t = 0; t < frames; t++) {
            out.put(2, t, states.slice(2, frames - 1 - t, frames - t));
        }
        return out;
    }

    /** As the reference's clip was asked for. */
    private static StageInput input(int segment, Map<InputRole, Content> inputs) {
        Scene scene = new Scene(
                PROMPTS[segment],
                GOLDEN.note("negative"),
                Long.parseLong(GOLDEN.note("seed")),
                Double.parseDouble(GOLDEN.note("guidance")),
                STEPS);
        return new StageInput("keyframes", segment, scene, inputs);
    }

    /** What the reference makes without a rule, and by far not what it makes with all of them. */
    private static void assertAreThoseWithout(String rule, List<Segment> found, String name) {
        assertGolden(found.get(0).keyframes(), part(name + ".latents", 0));
        for (int i = 1; i < PROMPTS.length; i++) {
            assertGolden(found.get(i).keyframes(), part(name + ".without_" + rule, i));
            assertThat(error(found.get(i).keyframes(), part(name + ".latents", i)))
                    .isGreaterThan(FAR);
        }
    }

    private static Tensor part(String name, int segment) {
        return Batch.single(GOLDEN.get(name).slice(0, segment, segment + 1));
    }

    private static double error(Tensor found, Tensor expected) {
        return RelativeError.of(found.data(), expected.data());
    }

    /** Root of the mean square. */
    private static double distance(Tensor one, Tensor other) {
        double sum = 0;
        for (int i = 0; i < one.data().length; i++) {
            double difference = one.data()[i] - other.data()[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum / one.data().length);
    }
}
