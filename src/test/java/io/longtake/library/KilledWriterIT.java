package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A process that is killed while it writes into a directory. */
class KilledWriterIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final String id = UUID.randomUUID().toString();

    @TempDir
    private Path folder;

    @RepeatedTest(3)
    void what_it_wrote_is_there_whole_and_what_it_was_writing_is_not() throws Exception {
        int acknowledged = writeUntilKilled();

        List<StoredFragment> fragments = new LocalVideoStore(folder).fragments(id);
        assertThat(fragments.size()).isBetween(acknowledged, acknowledged + 1);
        for (StoredFragment fragment : fragments) {
            assertThat(video().resolve(fragment.fileName())).hasSize(WriterMain.BYTES);
        }

        // two hours later nobody is still writing
        new LocalVideoStore(folder, () -> Instant.now().plus(Duration.ofHours(2)));

        try (Stream<Path> files = Files.list(video())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            fragments.stream().map(StoredFragment::fileName).toList());
        }
    }

    /** @return how many fragments it said it had put */
    private int writeUntilKilled() throws Exception {
        Path said = folder.resolve("said");
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        WriterMain.class.getName(),
                        folder.toString(),
                        id)
                .redirectOutput(said.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            await(writer, () -> Files.size(said) > 0);
            await(writer, this::holdsHalfAFile);
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return Files.readAllLines(said).size();
    }

    /** Looks without a pause: it is in the middle of a file for moments only. */
    private static void await(Process writer, Callable<Boolean> condition) {
        Awaitility.await("it is seen to write")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofNanos(1))
                .atMost(DEADLINE)
                .failFast("the writer has ended", () -> !writer.isAlive())
                .until(condition);
    }

    private boolean holdsHalfAFile() throws IOException {
        try (Stream<Path> files = Files.list(video())) {
            for (Path file : files.toList()) {
                if (Files.size(file) < WriterMain.BYTES) {
                    return true;
                }
            }
            return false;
        } catch (NoSuchFileException moved) {
            return false;
        }
    }

    private Path video() {
        return folder.resolve("films").resolve(id);
    }
}
