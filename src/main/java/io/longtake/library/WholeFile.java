package io.longtake.library;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** A file that is there whole or not at all: it is written beside its place, and moved into it. */
final class WholeFile {

    private static final String UNFINISHED = ".part";

    /** Behind the names of fragments, documents and deleted videos, a number: nobody else's half files, which others name so, too. */
    private static final Pattern OURS = Pattern.compile(
            "(\\d+_\\d+_\\d+_\\d+(_last)?\\.[a-z0-9]+|[a-z]+(\\.\\d+)*\\.json|[0-9a-f-]{36})\\d+\\" + UNFINISHED);

    /** No file takes so long: who began to write one that is older was killed. */
    private static final Duration LONGEST_WRITE = Duration.ofHours(1);

    private WholeFile() {}

    static void write(Path file, byte[] bytes) throws IOException {
        // one name a writer: two processes may write the same video. Not a temporary file, which nobody else may read:
        // the umask
        // says who may read a video
        String own = Long.toUnsignedString(ThreadLocalRandom.current().nextLong());
        Path part = file.resolveSibling(file.getFileName() + own + UNFINISHED);
        try {
            Files.write(part, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Removes what writers that were killed left in a directory; others may be writing there just now. */
    static void removeAbandoned(Path directory, Instant now) throws IOException {
        try (DirectoryStream<Path> parts = Files.newDirectoryStream(directory, "*" + UNFINISHED)) {
            for (Path part : parts) {
                if (OURS.matcher(part.getFileName().toString()).matches() && isAbandoned(part, now)) {
                    Files.deleteIfExists(part);
                }
            }
        } catch (NoSuchFileException gone) {
            // the video was deleted just now
        }
    }

    private static boolean isAbandoned(Path part, Instant now) throws IOException {
        try {
            return Files.getLastModifiedTime(part).toInstant().isBefore(now.minus(LONGEST_WRITE));
        } catch (NoSuchFileException moved) {
            return false;
        }
    }
}
