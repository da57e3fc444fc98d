package io.longtake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchDirectoryTest {

    @TempDir
    Path parent;

    private Process before;

    @BeforeEach
    void start() throws IOException {
        before = child();
    }

    @AfterEach
    void stop() {
        before.destroyForcibly();
    }

    @Test
    void nothing_is_left_of_it() throws IOException {
        Process during;
        try (BenchDirectory directory = BenchDirectory.in(parent, false)) {
            Files.writeString(
                    Files.createDirectories(directory.data("platform").logs()).resolve("longtake.log"), "a line");
            during = child();
        }

        assertThat(parent).isEmptyDirectory();
        assertThat(during.isAlive()).isFalse();
        assertThat(before.isAlive()).as("others started it").isTrue();
    }

    @Test
    void its_folder_stays_if_that_is_asked_for() throws IOException {
        Path log;
        try (BenchDirectory directory = BenchDirectory.in(parent, true)) {
            log = Files.writeString(directory.path().resolve("up.log"), "a line");
        }

        assertThat(log).hasContent("a line");
    }

    @Test
    void two_do_not_share_a_folder() {
        try (BenchDirectory one = BenchDirectory.in(parent, false);
                BenchDirectory two = BenchDirectory.in(parent, false)) {
            assertThat(one.path()).isNotEqualTo(two.path());
        }
    }

    /** Ends when its input does, which is when this process does, or when it is ended. */
    private static Process child() throws IOException {
        return new ProcessBuilder("cat").start();
    }
}
