package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Outcome;
import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.ScheduledScene;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Transition;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectorTopologyTest {

    @TempDir
    private Path state;

    private DirectorDriver director;

    @BeforeEach
    void start() {
        director = new DirectorDriver(state);
    }

    @AfterEach
    void stop() {
        director.close();
    }

    @Test
    void a_prompt_starts_the_first_keyframes() {
        director.prompt(DirectorDriver.prompt(10).build());

        assertThat(director.open()).containsExactly("keyframes 0");
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.ACCEPTED);
        assertThat(director.lastEvent().getTotalFrames()).isEqualTo(240);
    }

    @Test
    void nothing_more_is_imagined_before_the_first_picture_is_on_its_way() {
        director.prompt(DirectorDriver.prompt(10).build());

        director.done("keyframes", 0);
        assertThat(director.open()).containsExactly("interpolate 0");
        director.done("interpolate", 0);
        assertThat(director.open()).containsExactly("decode 0");
        director.done("decode", 0);

        assertThat(director.open()).containsExactlyInAnyOrder("upsample 0", "keyframes 1");
        assertThat(director.lastEvent().getMessage()).as("who did them").isEqualTo("worker-a");
        assertThat(director.take("keyframes", 1).getInputs().get("context").getPayloadId())
                .isEqualTo("keyframes-0");
    }

    @Test
    void every_task_of_a_scene_that_takes_time_says_how_far_it_has_passed() {
        Scene night = Scene.newBuilder().setPrompt("night").build();
        director.prompt(DirectorDriver.prompt(4)
                .setScenes(List.of(DirectorDriver.scenes(scene -> {}).get(0), new ScheduledScene(night, 1.0, 2.0)))
                .build());
        StageTask opening = director.take("keyframes", 0);
        assertThat(opening.getTransition()).isNull();
        director.result(opening, Outcome.DONE, "");
        director.done("interpolate", 0);
        director.done("decode", 0);
        director.done("keyframes", 1);

        assertThat(director.take("interpolate", 1).getTransition()).isEqualTo(new Transition("a drive", "", 0.25));
        assertThat(director.take("keyframes", 2).getTransition()).isEqualTo(new Transition("a drive", "", 0.75));
    }

    @Test
    void keyframes_start_their_interpolation_and_the_next_keyframes_with_their_context() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.firstPictureOnItsWay();

        director.done("keyframes", 1);

        assertThat(director.open()).containsExactlyInAnyOrder("upsample 0", "interpolate 1", "keyframes 2");
        assertThat(director.take("keyframes", 2).getInputs().get("context").getPayloadId())
                .isEqualTo("keyframes-1");
    }

    @Test
    void decoding_sees_the_end_of_the_segment_before() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.firstPictureOnItsWay();
        director.done("keyframes", 1);
        director.done("keyframes", 2);
        director.done("interpolate", 2);
        assertThat(director.open()).doesNotContain("decode 2");

        director.done("interpolate", 1);

        StageTask task = director.take("decode", 2);
        assertThat(task.getInputs().get("source").getPayloadId()).isEqualTo("interpolate-2");
        assertThat(task.getInputs().get("halo").getPayloadId()).isEqualTo("interpolate-1");
    }

    @Test
    void only_the_last_stage_publishes_and_only_the_last_segment_is_cut_short() {
        director.prompt(DirectorDriver.prompt(1.5).build());
        director.done("keyframes", 0);
        director.done("interpolate", 0);
        director.done("decode", 0);
        StageTask first = director.take("upsample", 0);
        director.done("keyframes", 1);
        director.done("interpolate", 1);
        StageTask decode = director.take("decode", 1);

        assertThat(first.getPublish()).isTrue();
        assertThat(first.getLast()).isFalse();
        assertThat(first.getFrameCount()).isEqualTo(24);
        assertThat(decode.getPublish()).isFalse();
        assertThat(decode.getLast()).isTrue();
        assertThat(decode.getFirstFrame()).isEqualTo(24);
        assertThat(decode.getFrameCount()).isEqualTo(12);
    }

    @Test
    void a_video_runs_to_its_end_within_the_window() {
        director.prompt(DirectorDriver.prompt(10).build());

        int mostInFlight = director.playToTheEnd(10);

        assertThat(mostInFlight).isLessThanOrEqualTo(3);
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
        assertThat(director.lastEvent().getFrames()).isEqualTo(240);
        assertThat(director.kinds().stream().filter(kind -> kind == VideoEventKind.STITCHED))
                .hasSize(10);
    }

    @Test
    void keyframes_wait_for_the_stitcher_when_the_window_is_full() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.firstPictureOnItsWay();
        director.done("keyframes", 1);
        director.done("keyframes", 2);
        assertThat(director.open()).doesNotContain("keyframes 3");
        director.done("upsample", 0);

        director.stitched(0, false);

        assertThat(director.open()).contains("keyframes 3");
    }

    @Test
    void the_same_prompt_twice_is_one_video() {
        director.prompt(DirectorDriver.prompt(10).build());

        director.prompt(DirectorDriver.prompt(10).build());

        assertThat(director.open()).containsExactly("keyframes 0");
        assertThat(director.kinds()).containsExactly(VideoEventKind.ACCEPTED);
    }

    @Test
    void a_result_that_comes_twice_changes_nothing() {
        director.prompt(DirectorDriver.prompt(10).build());
        StageTask task = director.take("keyframes", 0);
        director.result(task, Outcome.DONE, "");
        int events = director.events().size();

        director.result(task, Outcome.DONE, "");
        director.result(task, Outcome.FAILED, "late and wrong");

        assertThat(director.open()).containsExactly("interpolate 0");
        assertThat(director.events()).hasSize(events);
    }

    @Test
    void a_segment_stitched_twice_or_out_of_turn_changes_nothing() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.firstPictureOnItsWay();
        director.done("upsample", 0);
        director.stitched(0, false);
        int events = director.events().size();

        director.stitched(0, false);
        director.stitched(5, false);

        assertThat(director.events()).hasSize(events);
    }

    @Test
    void frames_done_are_counted_whatever_the_order() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.firstPictureOnItsWay();
        director.done("keyframes", 1);
        director.done("keyframes", 2);

        director.done("interpolate", 2);
        assertThat(director.lastEvent().getFrames()).isEqualTo(48);
        director.done("interpolate", 1);
        assertThat(director.lastEvent().getFrames()).isEqualTo(72);
    }

    @Test
    void a_failed_stage_fails_the_video_with_its_reason() {
        director.prompt(DirectorDriver.prompt(10).build());

        director.fail("keyframes", 0, "the latents are rotten");

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.lastEvent().getMessage()).isEqualTo("keyframes of segment 0: the latents are rotten");
        assertThat(director.open()).isEmpty();
    }

    @Test
    void a_cancelled_video_asks_for_nothing_more() {
        director.prompt(DirectorDriver.prompt(10).build());
        StageTask running = director.take("keyframes", 0);

        director.cancel(DirectorDriver.VIDEO);
        director.result(running, Outcome.DONE, "");

        assertThat(director.open()).isEmpty();
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.CANCELLED);
        assertThat(director.lastEvent().getMessage()).isEqualTo("enough");
    }

    @Test
    void cancelling_an_unknown_video_is_a_dead_letter() {
        director.cancel("99999999-2222-3333-4444-555555555555");

        assertThat(director.deadLetters()).hasSize(1);
        assertThat(director.deadLetters().get(0).getReason()).contains("is unknown");
    }

    @Test
    void a_deleted_video_stops() {
        director.prompt(DirectorDriver.prompt(10).build());
        StageTask running = director.take("keyframes", 0);

        director.delete(DirectorDriver.VIDEO);
        director.result(running, Outcome.DONE, "");

        assertThat(director.open()).isEmpty();
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.CANCELLED);
        assertThat(director.lastEvent().getMessage()).isEqualTo("deleted");
    }

    @Test
    void deleting_a_video_that_only_the_library_remembers_is_no_mistake() {
        director.delete("99999999-2222-3333-4444-555555555555");

        assertThat(director.deadLetters()).isEmpty();
    }

    @Test
    void an_extended_video_is_longer_and_its_last_segment_whole() {
        director.prompt(DirectorDriver.prompt(1.5).build());

        director.extend(1);
        director.playToTheEnd(3);

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
        assertThat(director.lastEvent().getFrames()).isEqualTo(60);
        assertThat(director.kinds()).contains(VideoEventKind.EXTENDED);
    }

    @Test
    void extending_a_finished_video_is_refused_and_leaves_it_alone() {
        director.prompt(DirectorDriver.prompt(1).build());
        director.playToTheEnd(1);

        director.extend(1);

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
        assertThat(director.deadLetters().get(0).getReason()).contains("FINISHED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            0          | seconds 0 is outside
            1000000000 | seconds 1000000000 is outside
            NaN        | seconds NaN is outside
            -3         | seconds -3 is outside
            """)
    void an_absurd_length_fails_with_the_limit(double seconds, String reason) {
        director.prompt(DirectorDriver.prompt(seconds).build());

        assertRefused(reason);
        assertRefused(".. 3600");
    }

    @Test
    void a_prompt_of_a_megabyte_fails_with_the_limit() {
        director.prompt(DirectorDriver.prompt(1)
                .setScenes(DirectorDriver.scenes(scene -> scene.setPrompt("x".repeat(1_000_000))))
                .build());

        assertRefused("prompt has 1000000 characters, the limit is 1000");
    }

    @Test
    void an_unknown_model_fails_and_names_the_known_ones() {
        director.prompt(DirectorDriver.prompt(1).setModel("giant").build());

        assertRefused("model giant is unknown: expected one of [tiny]");
    }

    @Test
    void guidance_that_is_no_number_fails() {
        director.prompt(DirectorDriver.prompt(1)
                .setScenes(DirectorDriver.scenes(scene -> scene.setGuidance(Double.NaN)))
                .build());

        assertRefused("guidance NaN is outside 1 .. 20");
    }

    @Test
    void no_steps_and_an_unknown_codec_fail_together() {
        director.prompt(DirectorDriver.prompt(1)
                .setScenes(DirectorDriver.scenes(scene -> scene.setSteps(0)))
                .setCodec("vhs")
                .build());

        assertRefused("steps 0 is outside 1 .. 100");
        assertRefused("\"vhs\" is not one of [h264, ffv1, raw]");
    }

    @Test
    void an_invalid_prompt_does_not_hurt_the_running_video_of_the_same_id() {
        director.prompt(DirectorDriver.prompt(1).build());

        director.prompt(DirectorDriver.prompt(-1).build());

        assertThat(director.kinds()).containsExactly(VideoEventKind.ACCEPTED);
    }

    @Test
    void a_video_whose_model_was_replaced_fails_and_says_why() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.upgradeModel();

        director.done("keyframes", 0);

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.lastEvent().getMessage()).contains("model tiny", "is no longer installed");
    }

    @Test
    void a_finished_video_stays_finished_whatever_model_is_installed_later() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.playToTheEnd(10);
        director.upgradeModel();

        director.cancel(DirectorDriver.VIDEO);

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
        assertThat(director.deadLetters()).hasSize(1);
    }

    @Test
    void garbage_is_a_dead_letter_and_the_next_prompt_is_served() {
        director.send(Topic.PROMPTS, "whoever", "not avro at all".getBytes(StandardCharsets.UTF_8));
        director.send(Topic.RESULTS, null, new byte[] {(byte) 0xC3, 1, 2, 3});
        director.prompt(DirectorDriver.prompt(1).build());

        assertThat(director.deadLetters()).hasSize(2);
        assertThat(director.deadLetters().get(0).getReason()).contains("expected the header C3 01");
        assertThat(director.open()).containsExactly("keyframes 0");
    }

    @Test
    void a_prompt_whose_id_is_no_uuid_is_a_dead_letter() {
        PromptEvent event = DirectorDriver.prompt(1).setVideoId("../../etc").build();

        director.prompt(event);

        assertThat(director.events()).isEmpty();
        assertThat(director.deadLetters().get(0).getReason()).contains("not a UUID");
    }

    @Test
    void a_key_that_is_not_the_video_id_is_a_dead_letter() {
        director.send(
                Topic.PROMPTS, "elsewhere", Wire.encode(DirectorDriver.prompt(1).build()));

        assertThat(director.deadLetters().get(0).getReason()).contains("key elsewhere differs");
        assertThat(director.open()).isEmpty();
    }

    private void assertRefused(String reason) {
        assertThat(director.open()).isEmpty();
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.lastEvent().getMessage()).contains(reason);
        assertThat(director.deadLetters().get(0).getReason()).contains(reason);
    }
}
