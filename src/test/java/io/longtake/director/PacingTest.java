package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.PlayheadEvent;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video of ten segments of a second, which is made two seconds ahead of whoever watches it. */
class PacingTest {

    private static final int SEGMENTS = 10;

    @TempDir
    private Path state;

    private DirectorDriver director;

    @BeforeEach
    void start() {
        director = new DirectorDriver(state, new Lead(Duration.ofSeconds(2)));
        director.prompt(DirectorDriver.prompt(SEGMENTS).build());
    }

    @AfterEach
    void stop() {
        director.close();
    }

    @Test
    void without_viewers_a_video_runs_to_its_end() {
        play();

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
    }

    @Test
    void with_a_viewer_at_its_beginning_it_is_made_as_far_as_the_lead() {
        director.watched("a", 0, true);

        play();

        assertThat(stitched()).isEqualTo(2);
        assertThat(director.open()).isEmpty();
    }

    @Test
    void it_goes_on_as_the_viewer_does() {
        director.watched("a", 0, true);
        play();

        director.watched("a", 24, true);
        play();
        assertThat(stitched()).isEqualTo(3);

        director.watched("a", 49, true);
        play();
        assertThat(stitched()).as("a frame into the third second").isEqualTo(5);
    }

    @Test
    void it_runs_to_its_end_when_the_viewers_have_left() {
        director.watched("a", 0, true);
        play();

        director.left("a");
        play();

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
        assertThat(director.lastEvent().getFrames()).isEqualTo(240);
    }

    @Test
    void it_runs_to_its_end_when_the_server_of_its_viewers_is_heard_no_more() {
        director.watched("killed", 0, true);
        play();
        director.passes(Duration.ofSeconds(20));
        assertThat(director.open()).isEmpty();

        director.passes(Duration.ofSeconds(5));
        play();

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
    }

    @Test
    void a_viewer_who_rests_for_an_hour_holds_it_and_nothing_is_overdue() {
        director.watched("a", 24, true);
        play();

        for (int i = 0; i < 360; i++) {
            director.passes(Duration.ofSeconds(10));
            director.watched("a", 24, false);
        }

        assertThat(stitched()).isEqualTo(3);
        assertThat(director.open()).isEmpty();
        assertThat(director.kinds()).doesNotContain(VideoEventKind.FAILED, VideoEventKind.LATE);
    }

    /** What its next segment is made of is not kept for ever. */
    @Test
    void who_rests_for_more_than_two_hours_holds_it_no_longer() {
        director.watched("a", 24, true);
        play();

        for (int i = 0; i < 2 * 360 + 1; i++) {
            director.passes(Duration.ofSeconds(10));
            director.watched("a", 24, false);
        }
        play();

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
    }

    @Test
    void the_furthest_viewer_of_all_servers_counts() {
        director.watched("far", 48, true);
        director.watched("near", 0, true);
        play();
        assertThat(stitched()).isEqualTo(4);

        director.left("far");
        director.watched("near", 24, true);
        play();
        assertThat(stitched()).as("what is made is made").isEqualTo(4);

        director.watched("near", 72, true);
        play();
        assertThat(stitched()).isEqualTo(5);
    }

    @Test
    void a_video_that_is_held_can_be_cancelled() {
        director.watched("a", 0, true);
        play();

        director.cancel(DirectorDriver.VIDEO);
        director.watched("a", 24, true);
        director.passes(Duration.ofMinutes(1));

        assertThat(director.open()).isEmpty();
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.CANCELLED);
        assertThat(director.lastEvent().getFrames()).isEqualTo(48);
    }

    @Test
    void a_video_that_is_held_can_be_extended_and_stays_held() {
        director.watched("a", 0, true);
        play();

        director.extend(1);
        assertThat(director.open()).isEmpty();

        director.left("a");
        play();
        assertThat(director.lastEvent().getFrames()).isEqualTo(264);
    }

    @Test
    void the_next_director_holds_it_too_and_knows_when_its_viewers_are_gone() {
        director.watched("a", 0, true);
        play();

        director.restart();
        director.watched("a", 0, true);
        assertThat(director.open()).isEmpty();

        director.restart();
        director.passes(Duration.ofSeconds(25));
        play();
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
    }

    @Test
    void a_segment_that_comes_after_the_playhead_is_late_by_the_frames_that_could_have_played() {
        director.make(0, false);
        director.watched("a", 0, true);
        director.passes(Duration.ofMillis(1500));

        director.make(1, false);

        VideoEvent late = director.lastEvent();
        assertThat(late.getKind()).isEqualTo(VideoEventKind.LATE);
        assertThat(late.getSegment()).isEqualTo(1);
        assertThat(late.getFrames()).isEqualTo(12);
        assertThat(late.getMessage()).isEqualTo("segment 1 came 12 frames (0.5 s) after its viewers");
    }

    @Test
    void a_player_that_waits_says_so_every_second_and_has_waited_from_the_first() {
        director.make(0, false);
        director.watched("a", 12, true);
        director.passes(Duration.ofSeconds(1));
        director.watched("a", 24, true);
        director.passes(Duration.ofSeconds(1));
        director.watched("a", 24, true);

        director.make(1, false);

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.LATE);
        assertThat(director.lastEvent().getFrames())
                .as("since half a second after it was at 12")
                .isEqualTo(36);
    }

    @Test
    void after_a_wait_it_is_played_from_there_and_the_next_segment_can_be_in_time() {
        director.make(0, false);
        director.watched("a", 0, true);
        director.passes(Duration.ofSeconds(3));
        director.make(1, false);
        director.passes(Duration.ofMillis(900));

        director.make(2, false);

        assertThat(late()).isEqualTo(1);
    }

    @Test
    void what_is_there_in_time_is_not_late_and_neither_is_what_nobody_plays_towards() {
        director.make(0, false);
        director.watched("a", 0, true);
        director.passes(Duration.ofMillis(900));
        director.make(1, false);
        director.watched("a", 30, false);
        director.passes(Duration.ofSeconds(10));

        director.make(2, false);

        assertThat(late()).isZero();
    }

    @Test
    void nobody_expects_the_first_picture_at_a_time() {
        director.watched("a", 0, true);
        director.passes(Duration.ofSeconds(10));

        director.make(0, false);

        assertThat(late()).isZero();
        director.passes(Duration.ofMillis(900));
        director.make(1, false);
        assertThat(late()).as("its playback began with the picture").isZero();
    }

    @Test
    void news_that_cannot_be_are_dead_letters_and_change_nothing() {
        for (PlayheadEvent event : List.of(
                playhead("", 1, 0, director.now()),
                playhead("x".repeat(65), 1, 0, director.now()),
                playhead("a", -1, 0, director.now()),
                playhead("a", 1, -1, director.now()))) {
            director.playhead(event);
        }

        assertThat(director.deadLetters())
                .extracting(letter -> letter.getReason())
                .containsExactly(
                        "source must have 1 to 64 characters, found 0",
                        "source must have 1 to 64 characters, found 65",
                        "viewers and frame must be from 0, found -1 and 0",
                        "viewers and frame must be from 0, found 1 and -1");
        play();
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
    }

    @Test
    void a_clock_that_is_wrong_and_a_frame_beyond_the_end_do_no_harm() {
        director.make(0, false);
        director.playhead(playhead("mad", 1, Long.MAX_VALUE, Instant.ofEpochMilli(Long.MAX_VALUE)));
        director.playhead(playhead("mad", 1, 0, Instant.ofEpochMilli(Long.MIN_VALUE)));

        play();

        assertThat(late()).isZero();
        assertThat(stitched()).isEqualTo(2);
    }

    @Test
    void an_unknown_videos_viewers_are_nobodys_business() {
        String unknown = "99999999-2222-3333-4444-555555555555";

        director.playhead(new PlayheadEvent(unknown, "a", 1, 0L, true, director.now()));

        assertThat(director.deadLetters()).isEmpty();
        assertThat(director.kinds()).containsExactly(VideoEventKind.ACCEPTED);
    }

    private void play() {
        director.playToTheEnd(SEGMENTS);
    }

    private long stitched() {
        return director.kinds().stream()
                .filter(kind -> kind == VideoEventKind.STITCHED)
                .count();
    }

    private long late() {
        return director.kinds().stream()
                .filter(kind -> kind == VideoEventKind.LATE)
                .count();
    }

    private static PlayheadEvent playhead(String source, int viewers, long frame, Instant at) {
        return new PlayheadEvent(DirectorDriver.VIDEO, source, viewers, frame, true, at);
    }
}
