package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Scene;
import io.longtake.event.ScheduledScene;
import io.longtake.event.Transition;
import io.longtake.model.ModelManifest;
import io.longtake.model.ToyModel;
import io.longtake.model.VideoPlan;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Over the toy model: segments of half a second. */
class SceneScheduleTest {

    private static final ModelManifest TOY = ToyModel.stored().manifest();

    @Test
    void a_scene_shows_from_the_segment_that_holds_its_beginning() {
        assertThat(prompts(scene("day", 0), scene("dusk", 0.75), scene("night", 1.5)))
                .containsExactly("day", "dusk", "dusk", "night");
    }

    @Test
    void of_two_scenes_that_begin_in_one_segment_the_later_one_shows() {
        assertThat(prompts(scene("day", 0), scene("dusk", 0.5), scene("night", 0.9)))
                .containsExactly("day", "night", "night", "night");
    }

    @Test
    void what_a_scene_leaves_open_is_as_the_model_has_it() {
        Scene open = Scene.newBuilder().setPrompt("day").build();
        Scene said = Scene.newBuilder(open).setGuidance(3.0).setSteps(9).build();
        VideoPlan plan = VideoPlan.of(TOY, 2);

        assertThat(schedule(new ScheduledScene(open, 0.0, 0.0)).at(plan, 0))
                .isEqualTo(new Scene("day", "", 0L, 2.0, 4));
        assertThat(schedule(new ScheduledScene(said, 0.0, 0.0)).at(plan, 0)).isEqualTo(said);
    }

    @Test
    void a_scene_that_takes_time_passes_evenly_and_counts_in_the_middle_of_a_segment() {
        ScheduledScene night = new ScheduledScene(
                Scene.newBuilder().setPrompt("night").setNegativePrompt("sun").build(), 0.5, 1.0);

        assertThat(transitions(scene("day", 0), night))
                .containsExactly(
                        Optional.empty(),
                        Optional.of(new Transition("day", "", 0.25)),
                        Optional.of(new Transition("day", "", 0.75)),
                        Optional.empty());
        assertThat(prompts(scene("day", 0), night)).containsExactly("day", "night", "night", "night");
    }

    @Test
    void a_transition_that_begins_late_in_a_segment_has_not_passed_there_at_all() {
        ScheduledScene night =
                new ScheduledScene(Scene.newBuilder().setPrompt("night").build(), 0.9, 10.0);

        assertThat(transitions(scene("day", 0), night).get(1)).contains(new Transition("day", "", 0.0));
    }

    @Test
    void the_last_segment_passes_as_it_does_in_a_longer_video() {
        SceneSchedule schedule = schedule(
                scene("day", 0),
                new ScheduledScene(Scene.newBuilder().setPrompt("night").build(), 0.5, 2.0));

        assertThat(schedule.transition(VideoPlan.ofFrames(TOY, 5), 1))
                .isEqualTo(schedule.transition(VideoPlan.ofFrames(TOY, 16), 1))
                .isPresent();
    }

    @Test
    void scenes_that_change_at_once_pass_through_nothing() {
        assertThat(transitions(scene("day", 0), scene("dusk", 0.75), scene("night", 1.5)))
                .containsOnly(Optional.empty());
    }

    @Test
    void no_scene_is_too_few() {
        assertThatThrownBy(SceneScheduleTest::schedule).hasMessage("scenes: a video has at least one, got none");
    }

    private static List<Optional<Transition>> transitions(ScheduledScene... scenes) {
        VideoPlan plan = VideoPlan.of(TOY, 2);
        return IntStream.range(0, plan.segments())
                .mapToObj(segment -> schedule(scenes).transition(plan, segment))
                .toList();
    }

    private static List<String> prompts(ScheduledScene... scenes) {
        VideoPlan plan = VideoPlan.of(TOY, 2);
        return IntStream.range(0, plan.segments())
                .mapToObj(segment -> schedule(scenes).at(plan, segment).getPrompt())
                .toList();
    }

    private static SceneSchedule schedule(ScheduledScene... scenes) {
        return new SceneSchedule(List.of(scenes), TOY.stages().keyframes());
    }

    private static ScheduledScene scene(String prompt, double begins) {
        return new ScheduledScene(Scene.newBuilder().setPrompt(prompt).build(), begins, 0.0);
    }
}
