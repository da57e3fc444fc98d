package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalVideoStoreTest extends VideoStoreContract {

    @TempDir
    private Path folder;

    @Override
    VideoStore open() {
        return new LocalVideoStore(folder.resolve("library"));
    }

    @Test
    void what_is_half_written_or_foreign_is_no_fragment() throws IOException {
        put(HEADER, 1, 2, 3);
        Path video = folder.resolve("library/films").resolve(id);
        Files.write(video.resolve(FIRST.fileName()), new byte[] {4, 5});
        Files.write(video.resolve(LAST.fileName() + "123.part"), new byte[] {7, 7});
        Files.write(video.resolve("Notes of mine"), new byte[] {1});

        assertThat(store.fragments(id)).containsExactly(HEADER);
        assertThat(store.listing(id).documents()).isEmpty();
    }

    @Test
    void nothing_is_left_beside_what_was_written() throws IOException {
        put(HEADER, 1, 2, 3);
        store.write(id, "video.json", new byte[] {1});
        store.write(id, "video.json", new byte[] {2});

        try (Stream<Path> files = Files.list(folder.resolve("library/films").resolve(id))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void whoever_the_umask_lets_may_read_a_video() throws IOException {
        put(HEADER, 1, 2, 3);
        Path plain = Files.createFile(folder.resolve("plain"));

        assertThat(Files.getPosixFilePermissions(
                        folder.resolve("library/films").resolve(id).resolve(HEADER.fileName())))
                .isEqualTo(Files.getPosixFilePermissions(plain));
    }

    @Test
    void what_a_killed_writer_left_goes_when_the_store_is_opened_again() throws IOException {
        put(HEADER, 1, 2, 3);
        store.delete(UUID.randomUUID().toString());
        Path library = folder.resolve("library");
        Path video = library.resolve("films").resolve(id);
        List<Path> left = List.of(
                video.resolve(LAST.fileName() + "4711.part"),
                video.resolve("video.18.1.json4711.part"),
                library.resolve("deleted").resolve(UUID.randomUUID() + "4711.part"),
                library.resolve("positions.json4711.part"));
        Path justBegun = video.resolve(FIRST.fileName() + "4712.part");
        Path anothers = library.resolve("a holiday.mp4.part");
        Instant now = Instant.parse("2026-11-30T12:00:00Z");
        for (Path file : left) {
            written(file, now.minus(Duration.ofHours(2)));
        }
        written(anothers, now.minus(Duration.ofHours(2)));
        written(justBegun, now.minusSeconds(1));

        new LocalVideoStore(library, () -> now);

        assertThat(left).noneMatch(Files::exists);
        assertThat(justBegun).as("another server may be writing it").exists();
        assertThat(anothers).as("not ours").exists();
        assertThat(store.fragments(id)).containsExactly(HEADER);
    }

    @Test
    void a_disk_without_room_is_told_when_the_store_is_opened() throws IOException {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "no /dev/full here");
        Path probe = Files.createSymbolicLink(folder.resolve("library/probe"), full);

        assertThatThrownBy(this::open)
                .isInstanceOf(UncheckedIOException.class)
                .isNotInstanceOf(PassingFaultException.class)
                .hasMessage("cannot write " + probe + ": No space left on device");
    }

    @Test
    void a_directory_that_cannot_be_written_is_told_when_the_store_is_opened() throws IOException {
        Path probe = Files.createDirectories(folder.resolve("library/probe/in the way"))
                .getParent();

        assertThatThrownBy(this::open)
                .isInstanceOf(UncheckedIOException.class)
                .isNotInstanceOf(PassingFaultException.class)
                .hasMessage("cannot write " + probe + ": Is a directory");
    }

    @Test
    void a_file_in_place_of_the_directory_is_told_when_the_store_is_opened() throws IOException {
        Path file = Files.write(folder.resolve("file"), new byte[0]);

        assertThatThrownBy(() -> new LocalVideoStore(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot make the library " + file);
    }

    @Test
    void nothing_is_left_of_the_trial_at_the_start() {
        assertThat(folder.resolve("library/probe")).doesNotExist();
    }

    private static void written(Path file, Instant at) throws IOException {
        Files.write(file, new byte[] {7});
        Files.setLastModifiedTime(file, FileTime.from(at));
    }
}
