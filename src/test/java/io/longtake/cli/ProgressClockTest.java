package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressClockTest {

    private final ProgressClock clock = new ProgressClock();
    private Instant now = Instant.ofEpochSecond(77);

    @Test
    void before_anything_is_done_it_promises_nothing() {
        clock.on(accepted());
        now = now.plusSeconds(5);

        assertThat(clock.secondsLeft()).isNegative();
        assertThat(clock.framesPerSecond()).isZero();
    }

    @Test
    void steady_work_half_done_takes_as_long_again() {
        clock.on(accepted());
        now = now.plusSeconds(30);
        clock.on(done("keyframes", 144));
        clock.on(done("decode", 96));

        assertThat(clock.secondsLeft()).isCloseTo(30, within(0.01));
    }

    @Test
    void finished_work_leaves_nothing() {
        clock.on(accepted());
        now = now.plusSeconds(30);
        clock.on(done("keyframes", 240));
        clock.on(done("decode", 240));
        clock.on(event(VideoEventKind.STITCHED).setFrames(240).build());

        assertThat(clock.secondsLeft()).isZero();
        assertThat(clock.framesPerSecond()).isCloseTo(8, within(0.01));
    }

    @Test
    void a_clock_that_is_behind_does_not_turn_time_back() {
        clock.on(accepted());
        now = now.plusSeconds(30);
        clock.on(done("keyframes", 240));
        now = now.minusSeconds(20);
        clock.on(event(VideoEventKind.STITCHED).setFrames(120).build());

        assertThat(clock.framesPerSecond()).isCloseTo(4, within(0.01));
    }

    private VideoEvent accepted() {
        return event(VideoEventKind.ACCEPTED)
                .setStages(List.of("keyframes", "decode"))
                .build();
    }

    private VideoEvent done(String stage, long frames) {
        return event(VideoEventKind.STAGE_DONE)
                .setStage(stage)
                .setFrames(frames)
                .build();
    }

    private VideoEvent.Builder event(VideoEventKind kind) {
        return VideoEvent.newBuilder()
                .setVideoId("any")
                .setKind(kind)
                .setTotalFrames(240)
                .setFrameRate(24)
                .setAt(now);
    }
}
