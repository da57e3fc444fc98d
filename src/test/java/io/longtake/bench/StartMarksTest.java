package io.longtake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartMarksTest {

    private static final Instant START = Instant.parse("2026-12-01T03:00:00.250Z");

    @TempDir
    Path data;

    @Test
    void marks_are_seconds_after_the_start() throws IOException {
        Files.writeString(
                Files.createDirectory(data.resolve("logs")).resolve("longtake.log"),
                """
                2026-12-01 03:00:03,750 INFO  [i.l.p.Platform] (main) plays [broker, director]
                    at a line that is not the log's
                2026-12-01 03:00:04,250 INFO  [i.l.w.Worker] (warm) worker one takes tasks of [decode], 3 calls
                2026-12-01 03:00:09,250 INFO  [i.l.w.Worker] (warm) worker two takes tasks of [decode], 3 calls
                """);
        Path port = Files.createDirectories(data.resolve("kafka")).resolve("broker.port");
        Files.setLastModifiedTime(Files.writeString(port, "20000"), FileTime.from(START.plusMillis(2500)));

        assertThat(new StartMarks(data, ZoneOffset.UTC).after(START))
                .containsExactlyInAnyOrderEntriesOf(Map.of("broker", 2.5, "roles", 3.5, "models-warm", 4.0));
    }

    @Test
    void what_left_no_mark_is_left_out() throws IOException {
        assertThat(new StartMarks(data, ZoneOffset.UTC).after(START)).isEmpty();
    }
}
