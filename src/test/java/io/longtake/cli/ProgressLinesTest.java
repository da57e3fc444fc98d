package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressLinesTest {

    @Test
    void a_stitched_segment_tells_frames_speed_and_time_left() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ProgressLines lines = new ProgressLines(new PrintStream(out, true, StandardCharsets.UTF_8));
        lines.on(event(VideoEventKind.ACCEPTED)
                .setStages(List.of("keyframes"))
                .setMessage("2 segments")
                .build());
        lines.on(event(VideoEventKind.STAGE_DONE)
                .setStage("keyframes")
                .setFrames(24)
                .setAt(Instant.ofEpochSecond(9))
                .build());

        lines.on(event(VideoEventKind.STITCHED)
                .setFrames(24)
                .setAt(Instant.ofEpochSecond(10))
                .build());

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "accepted video: 48 frames, 2 segments",
                        "stitched 24/48 frames (keyframes 24), 2.4 frames/s, 10 s left");
    }

    private static VideoEvent.Builder event(VideoEventKind kind) {
        return VideoEvent.newBuilder()
                .setVideoId("video")
                .setKind(kind)
                .setTotalFrames(48)
                .setFrameRate(24)
                .setAt(Instant.EPOCH);
    }
}
