package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarsTest {

    @ParameterizedTest
    @CsvSource({"80, 79", "60, 59", "200, 100"})
    void a_bar_is_narrower_than_the_terminal(int columns, int width) {
        assertThat(new ProgressBars(System.err, columns).width()).isEqualTo(width);
    }

    @Test
    void the_id_of_the_video_is_shown() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ProgressBars bars = new ProgressBars(new PrintStream(out, true, StandardCharsets.UTF_8), 80)) {
            bars.on(VideoEvent.newBuilder()
                    .setVideoId("11111111-2222-4333-8444-555555555555")
                    .setKind(VideoEventKind.ACCEPTED)
                    .setTotalFrames(48)
                    .setAt(Instant.EPOCH)
                    .build());
        }

        assertThat(out.toString(StandardCharsets.UTF_8)).contains("video 11111111-2222-4333-8444-555555555555");
    }
}
