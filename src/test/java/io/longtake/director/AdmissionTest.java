package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.ScheduledScene;
import io.longtake.model.ModelManifest;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, Double.NaN})
    void a_distilled_model_takes_no_guidance_but_its_own(double guidance) {
        assertThat(check(guidance, distilled()))
                .singleElement()
                .asString()
                .startsWith("guidance ")
                .endsWith(" must be 1: this model runs without guidance");
    }

    @Test
    void a_distilled_model_takes_guidance_of_one() {
        assertThat(check(1, distilled())).isEmpty();
    }

    @Test
    void guidance_below_one_is_refused_for_every_model() {
        assertThat(check(0.5, ToyModel.stored().manifest()))
                .singleElement()
                .asString()
                .isEqualTo("guidance 0.5 is outside 1 .. 10");
    }

    @Test
    void scenes_begin_one_after_the_other_within_the_video() {
        assertThat(scheduled(scene(0, 0), scene(0.5, 0))).isEmpty();
        assertThat(scheduled(scene(1, 0)))
                .singleElement()
                .asString()
                .isEqualTo("scenes[0].begins 1 is not 0: the first scene opens the video");
        assertThat(scheduled(scene(0, 0), scene(0, 0)))
                .singleElement()
                .asString()
                .startsWith(
                        "scenes[1].begins 0 is not later than 0, where the scene before begins, and earlier than 1");
        assertThat(scheduled(scene(0, 0), scene(1, 0))).hasSize(1);
    }

    @Test
    void a_scene_passes_into_the_next_before_another_begins() {
        assertThat(scheduled(scene(0, 0), scene(0.5, 0.25))).isEmpty();
        assertThat(scheduled(scene(0, 0), scene(0.5, 30)))
                .as("the video may become longer")
                .isEmpty();
        assertThat(scheduled(scene(0, 0), scene(0.2, 0.1), scene(0.3, 0)))
                .as("rounded")
                .isEmpty();
        assertThat(scheduled(scene(0, 0.5)))
                .singleElement()
                .asString()
                .isEqualTo("scenes[0].transition 0.5 is not 0: no scene is before the first");
        assertThat(scheduled(scene(0, 0), scene(0.25, 0.5), scene(0.5, 0)))
                .singleElement()
                .asString()
                .isEqualTo("scenes[1].transition 0.5 is outside 0 .. 0.25");
        assertThat(scheduled(scene(0, 0), scene(0.5, Double.NaN))).hasSize(1);
        assertThat(scheduled(scene(0, 0), scene(0.5, -1))).hasSize(1);
    }

    @Test
    void a_later_scene_is_held_to_the_same_limits_and_named() {
        ScheduledScene wrong = new ScheduledScene(
                Scene.newBuilder().setPrompt(" ").setSteps(1000).build(), 0.5, 0.0);

        assertThat(scheduled(scene(0, 0), wrong))
                .extracting(Admission.Violation::field)
                .containsExactly("scenes[1].prompt", "scenes[1].steps");
    }

    @Test
    void an_event_without_a_scene_is_refused() {
        assertThat(scheduled()).singleElement().asString().isEqualTo("scenes has 0 scenes, expected 1 .. 1000");
    }

    @Test
    void scenes_of_a_model_that_hands_its_trajectory_on_take_the_same_steps() {
        ScheduledScene other = new ScheduledScene(
                Scene.newBuilder().setPrompt("dusk").setSteps(5).build(), 0.5, 0.0);
        PromptEvent event =
                DirectorDriver.prompt(1).setScenes(List.of(scene(0, 0), other)).build();

        assertThat(Admission.check(event, ToyModel.reuse().manifest()))
                .singleElement()
                .asString()
                .startsWith("scenes[1].steps 5 differs from null");
    }

    private static List<Admission.Violation> scheduled(ScheduledScene... scenes) {
        PromptEvent event = DirectorDriver.prompt(1).setScenes(List.of(scenes)).build();
        return Admission.check(event, ToyModel.stored().manifest());
    }

    private static ScheduledScene scene(double begins, double transition) {
        return new ScheduledScene(Scene.newBuilder().setPrompt("day").build(), begins, transition);
    }

    private ModelManifest distilled() {
        return ToyModel.copy(root, manifest -> {
                    ((ObjectNode) manifest.at("/limits")).put("guidance", 1);
                    ((ObjectNode) manifest.at("/stages/keyframes")).put("guidance", 1);
                })
                .manifest();
    }

    private static List<Admission.Violation> check(double guidance, ModelManifest model) {
        PromptEvent event = DirectorDriver.prompt(1)
                .setScenes(DirectorDriver.scenes(scene -> scene.setGuidance(guidance)))
                .build();
        return Admission.check(event, model);
    }
}
