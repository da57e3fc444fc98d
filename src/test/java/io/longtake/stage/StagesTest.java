package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longtake.event.Scene;
import io.longtake.event.Transition;
import io.longtake.model.InputRole;
import io.longtake.model.LoadedModel;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stages over the toy model: 4 keyframes, 2 of them new, 4 frames a segment, enlarged from 8x4 to 16x8. */
class StagesTest {

    private static LoadedModel model;
    private static Stages stages;

    @BeforeAll
    static void open() {
        model = ToyModel.open();
        stages = Stages.open(model);
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void keyframes_of_the_first_segment_need_nothing() {
        assertThat(keyframes(0, Map.of()).shape()).containsExactly(4, 4, 2, 4);
    }

    @Test
    void keyframes_go_on_from_the_last_two_of_the_segment_before() {
        Tensor first = keyframes(0, Map.of());
        Tensor second = keyframes(1, Map.of(InputRole.CONTEXT, first));
        assertThat(second.slice(1, 0, 2)).isEqualTo(first.slice(1, 2, 4));
        assertThat(second.slice(1, 2, 4)).isNotEqualTo(first.slice(1, 2, 4));
    }

    @Test
    void keyframes_depend_on_prompt_negative_prompt_guidance_steps_and_seed() {
        StageOutputs plain = stages.run(request(7, "road by day", "", 2, 4), Cancellation.NEVER);
        assertThat(plain).isEqualTo(stages.run(request(7, "road by day", "", 2, 4), Cancellation.NEVER));
        assertThat(plain)
                .isNotEqualTo(stages.run(request(8, "road by day", "", 2, 4), Cancellation.NEVER))
                .isNotEqualTo(stages.run(request(7, "road by night", "", 2, 4), Cancellation.NEVER))
                .isNotEqualTo(stages.run(request(7, "road by day", "rain", 2, 4), Cancellation.NEVER))
                .isNotEqualTo(stages.run(request(7, "road by day", "", 3, 4), Cancellation.NEVER))
                .isNotEqualTo(stages.run(request(7, "road by day", "", 2, 5), Cancellation.NEVER));
    }

    @Test
    void a_scene_that_another_passes_into_lies_between_the_two() {
        Scene night = new Scene("road by night", "rain", 7L, 2.0, 4);
        Content alone = passing(night, Optional.empty());

        assertThat(passing(night, Optional.of(new Transition("road by day", "", 0.0))))
                .isEqualTo(passing(new Scene("road by day", "", 7L, 2.0, 4), Optional.empty()));
        assertThat(passing(night, Optional.of(new Transition("road by day", "", 0.5))))
                .isNotEqualTo(alone)
                .isNotEqualTo(passing(night, Optional.of(new Transition("road by day", "", 0.25))))
                .isEqualTo(passing(night, Optional.of(new Transition("road by day", "", 0.5))));
        assertThat(passing(night, Optional.of(new Transition("road by night", "rain", 0.5))))
                .isEqualTo(alone);
        assertThat(passing(night, Optional.empty()))
                .as("what the encoder remembers stays as it is")
                .isEqualTo(alone);
    }

    @Test
    void texts_pass_number_by_number() {
        SceneText texts = new SceneText(model);
        float[] day = model.text().embed("road by day").data();
        float[] night = model.text().embed("road by night").data();
        StageInput input = new StageInput(
                "keyframes",
                0,
                new Scene("road by night", "", 7L, 2.0, 4),
                Optional.of(new Transition("road by day", "", 0.75)),
                Map.of());

        float[] between = texts.prompt(input).data();

        assertThat(between).hasSameSizeAs(day);
        for (int i = 0; i < between.length; i++) {
            assertThat((double) between[i]).isCloseTo(0.25 * day[i] + 0.75 * night[i], within(1e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1, Double.NaN})
    void a_share_is_one_of_a_mixture(double share) {
        assertThatThrownBy(() -> passing(
                        new Scene("road by night", "", 7L, 2.0, 4),
                        Optional.of(new Transition("road by day", "", share))))
                .isInstanceOf(StageInputException.class)
                .hasMessageContaining("transition.share must be from 0 to below 1, found " + share);
    }

    private static Content passing(Scene scene, Optional<Transition> transition) {
        return stages.run(new StageInput("keyframes", 0, scene, transition, Map.of()), Cancellation.NEVER)
                .out();
    }

    @Test
    void without_guidance_the_negative_prompt_says_nothing() {
        assertThat(stages.run(request(7, "road by day", "rain", 1, 4), Cancellation.NEVER))
                .isEqualTo(stages.run(request(7, "road by day", "", 1, 4), Cancellation.NEVER));
    }

    @Test
    void without_guidance_the_prompt_still_says_what_is_shown() {
        assertThat(stages.run(request(7, "road by night", "", 1, 4), Cancellation.NEVER))
                .isNotEqualTo(stages.run(request(7, "road by day", "", 1, 4), Cancellation.NEVER));
    }

    @Test
    void interpolation_keeps_the_keyframes_and_puts_new_latents_between() {
        Tensor keyframes = keyframes(0, Map.of());
        Tensor latents = (Tensor) run("interpolate", 0, Map.of(InputRole.SOURCE, keyframes));
        assertThat(latents.shape()).containsExactly(4, 4, 2, 4);
        assertThat(latents.slice(1, 0, 1)).isEqualTo(keyframes.slice(1, 0, 1));
        assertThat(latents.slice(1, 2, 3)).isEqualTo(keyframes.slice(1, 1, 2));
        assertThat(latents.slice(1, 1, 2)).isNotEqualTo(latents.slice(1, 0, 1));
    }

    @Test
    void decoding_sees_the_end_of_the_segment_before() {
        Tensor before = latents(-1);
        Tensor source = latents(1);
        Frames alone = (Frames) run("decode", 0, Map.of(InputRole.SOURCE, source));
        Frames joined = (Frames) run("decode", 1, Map.of(InputRole.SOURCE, source, InputRole.HALO, before));
        assertThat(alone.slice(1, 4)).isEqualTo(joined.slice(1, 4));
        // tanh of a steady 1/2 where nothing comes before; of 0.6/2 - 0.4/2 after its opposite.
        assertThat(alone.rgb()[0] & 0xFF).isEqualTo((int) Math.round((Math.tanh(0.5) + 1) * 127.5));
        assertThat(joined.rgb()[0] & 0xFF).isEqualTo((int) Math.round((Math.tanh(0.1) + 1) * 127.5));
    }

    @Test
    void enlarging_sees_the_end_of_the_segment_before() {
        Frames dark = grey(20);
        Frames light = grey(200);
        Frames alone = (Frames) run("upsample", 1, Map.of(InputRole.SOURCE, light, InputRole.HALO, light));
        Frames joined = (Frames) run("upsample", 1, Map.of(InputRole.SOURCE, light, InputRole.HALO, dark));
        assertThat(alone.count()).isEqualTo(4);
        assertThat(alone.width()).isEqualTo(16);
        assertThat(alone.height()).isEqualTo(8);
        assertThat(joined.slice(0, 1)).isNotEqualTo(alone.slice(0, 1));
        assertThat(joined.slice(1, 4)).isEqualTo(alone.slice(1, 4));
    }

    @Test
    void inputs_of_another_shape_are_refused() {
        assertThatThrownBy(() -> keyframes(1, Map.of(InputRole.CONTEXT, Tensor.zeros(4, 2, 2, 4))))
                .isInstanceOf(StageInputException.class)
                .hasMessage(
                        "keyframes of segment 1: input 'context' must be Tensor[4, 4, 2, 4], found Tensor[4, 2, 2, 4]");
        assertThatThrownBy(() -> run("upsample", 0, Map.of(InputRole.SOURCE, Tensor.zeros(3, 4, 4, 8))))
                .hasMessage("upsample of segment 0: input 'source' must be Frames[4 of 8x4], found Tensor[3, 4, 4, 8]");
    }

    @Test
    void missing_inputs_are_refused() {
        assertThatThrownBy(() -> keyframes(3, Map.of()))
                .hasMessage("keyframes of segment 3: input 'context' must be Tensor[4, 4, 2, 4], found null");
        assertThatThrownBy(() -> run("decode", 2, Map.of(InputRole.SOURCE, latents(1))))
                .hasMessage("decode of segment 2: input 'halo' must be Tensor[4, 4, 2, 4], found null");
    }

    @Test
    void steps_and_guidance_that_nobody_can_run_are_refused() {
        assertThatThrownBy(() -> request(7, "", "", 2, 0)).hasMessage("steps must be at least 1, found 0");
        assertThatThrownBy(() -> request(7, "", "", 0.9, 4))
                .hasMessage("guidance must be a number of at least 1, found 0.9");
        assertThatThrownBy(() -> stages.run(request(7, "", "", 2, 51), Cancellation.NEVER))
                .isInstanceOf(StageInputException.class)
                .hasMessage("steps must be at most 50, found 51");
        assertThatThrownBy(() -> stages.run(request(7, "", "", 11, 4), Cancellation.NEVER))
                .hasMessage("guidance must be at most 10.0, found 11.0");
    }

    @Test
    void a_context_before_the_beginning_is_refused() {
        assertThatThrownBy(() -> keyframes(0, Map.of(InputRole.CONTEXT, Tensor.zeros(4, 4, 2, 4))))
                .hasMessageContaining("must be none, for nothing comes before segment 0");
    }

    @Test
    void stages_that_are_not_owned_are_refused() {
        Stages two = Stages.open(model, Set.of("keyframes", "decode"));
        assertThat(two.names()).containsExactlyInAnyOrder("keyframes", "decode");
        assertThatThrownBy(() -> two.run(input("upsample", 0, Map.of(InputRole.SOURCE, grey(1))), Cancellation.NEVER))
                .hasMessage("stage must be one of [keyframes, decode], found upsample");
    }

    @Test
    void a_cancelled_video_stops_before_the_next_step() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> stages.run(request(7, "road", "", 2, 50), () -> asked.incrementAndGet() > 3))
                .isInstanceOf(StageCancelledException.class);
        assertThat(asked).hasValue(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyframes", "interpolate", "decode", "upsample"})
    void warm_up_opens_every_graph_so_that_one_that_is_missing_is_found(String stage, @TempDir Path folder)
            throws IOException {
        StoredModel stored = ToyModel.copy(folder, manifest -> {});
        String graph = stage + ".onnx";
        stages.openGraphs();
        stages.warmUp(1);

        try (LoadedModel damaged = LoadedModel.open(stored, "OnnxRuntime")) {
            Files.delete(stored.folder().resolve(graph));
            Stages all = Stages.open(damaged);
            assertThatThrownBy(all::openGraphs).hasStackTraceContaining(graph);
            assertThatThrownBy(() -> all.warmUp(1)).hasStackTraceContaining(graph);
        }
    }

    private static Tensor keyframes(int segment, Map<InputRole, Content> inputs) {
        return (Tensor) run("keyframes", segment, inputs);
    }

    private static Content run(String stage, int segment, Map<InputRole, Content> inputs) {
        return stages.run(input(stage, segment, inputs), Cancellation.NEVER).out();
    }

    private static StageInput input(String stage, int segment, Map<InputRole, Content> inputs) {
        return new StageInput(stage, segment, new Scene("road by day", "", 7L, 2.0, 4), inputs);
    }

    private static StageInput request(long seed, String prompt, String negative, double guidance, int steps) {
        return new StageInput("keyframes", 0, new Scene(prompt, negative, seed, guidance, steps), Map.of());
    }

    /** Latents of one value; the toy model's latents are twice what its decoder takes. */
    private static Tensor latents(float value) {
        return Tensor.filled(value, 4, 4, 2, 4);
    }

    private static Frames grey(int level) {
        byte[] rgb = new byte[4 * 4 * 8 * 3];
        java.util.Arrays.fill(rgb, (byte) level);
        return new Frames(4, 4, 8, rgb);
    }
}
