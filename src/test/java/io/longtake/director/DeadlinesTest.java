package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Outcome;
import io.longtake.event.StageTask;
import io.longtake.event.VideoEventKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task whose workers all die has no result, and nobody gets it again: the director asks once more, and in the end gives up. */
class DeadlinesTest {

    private static final String OTHER = "99999999-2222-3333-4444-555555555555";

    @TempDir
    private Path state;

    private DirectorDriver director;

    @BeforeEach
    void start() {
        director = new DirectorDriver(state);
        director.prompt(DirectorDriver.prompt(10).build());
    }

    @AfterEach
    void stop() {
        director.close();
    }

    @Test
    void a_task_without_a_result_is_sent_again_just_as_it_was() {
        StageTask lost = director.take("keyframes", 0);
        director.passes(Duration.ofMinutes(14));
        assertThat(director.open()).isEmpty();

        director.passes(Duration.ofMinutes(2));

        assertThat(director.open()).containsExactly("keyframes 0");
        assertThat(director.take("keyframes", 0)).isEqualTo(lost);
    }

    @Test
    void the_result_of_the_second_try_carries_the_video_on_and_that_of_the_first_comes_late() {
        StageTask first = director.take("keyframes", 0);
        director.passes(Duration.ofMinutes(16));
        director.done("keyframes", 0);
        int events = director.events().size();

        director.result(first, Outcome.DONE, "");

        assertThat(director.open()).containsExactly("interpolate 0");
        assertThat(director.events()).hasSize(events);
    }

    @Test
    void a_task_sent_again_has_the_inputs_of_the_first_time() {
        director.done("keyframes", 0);
        StageTask lost = director.take("interpolate", 0);

        director.passes(Duration.ofMinutes(16));

        assertThat(director.take("interpolate", 0)).isEqualTo(lost);
        assertThat(lost.getInputs()).containsOnlyKeys("source");
    }

    @Test
    void a_video_fails_after_its_task_was_sent_four_times_each_with_twice_the_time() {
        for (int minutes : new int[] {16, 31, 61}) {
            director.take("keyframes", 0);
            director.passes(Duration.ofMinutes(minutes));
        }
        director.take("keyframes", 0);
        director.passes(Duration.ofMinutes(116));
        assertThat(director.kinds()).doesNotContain(VideoEventKind.FAILED);

        director.passes(Duration.ofMinutes(2));

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.lastEvent().getMessage())
                .isEqualTo("keyframes of segment 0: asked for 4 times without a result: no worker takes such tasks, or"
                        + " every worker dies of this one");
        director.passes(Duration.ofDays(1));
        assertThat(director.open()).isEmpty();
    }

    @Test
    void a_video_whose_model_was_replaced_fails_when_its_task_is_overdue() {
        director.take("keyframes", 0);
        director.upgradeModel();

        director.passes(Duration.ofMinutes(16));

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.lastEvent().getMessage()).contains("is no longer installed");
        assertThat(director.open()).isEmpty();
    }

    @Test
    void a_finished_video_is_asked_nothing_more_of() {
        director.playToTheEnd(10);

        director.passes(Duration.ofHours(1));

        assertThat(director.open()).isEmpty();
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
    }

    @Test
    void a_task_that_waits_its_turn_is_left_alone() {
        director.passes(Duration.ofMinutes(1));
        director.prompt(DirectorDriver.prompt(10).setVideoId(OTHER).build());
        director.passes(Duration.ofMinutes(10));
        director.done("keyframes", 0);

        director.passes(Duration.ofMinutes(13));

        assertThat(director.open()).containsExactlyInAnyOrder("keyframes 0", "interpolate 0");
    }

    @Test
    void a_task_that_the_queue_has_gone_past_is_sent_again_though_the_queue_moves() {
        director.take("keyframes", 0);
        director.prompt(DirectorDriver.prompt(10).setVideoId(OTHER).build());
        director.passes(Duration.ofMinutes(10));
        for (String stage : List.of("keyframes", "interpolate", "decode")) {
            director.result(director.take(OTHER, stage, 0), Outcome.DONE, "");
        }
        director.passes(Duration.ofMinutes(10));
        director.result(director.take(OTHER, "keyframes", 1), Outcome.DONE, "");
        director.passes(Duration.ofMinutes(10));
        assertThat(director.open()).doesNotContain("keyframes 0");

        director.result(director.take(OTHER, "keyframes", 2), Outcome.DONE, "");
        director.passes(Duration.ofMinutes(1));

        assertThat(director.open()).contains("keyframes 0");
    }
}
