package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.client.Fragment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class OutputFileTest {

    @TempDir
    private Path folder;

    @Test
    void a_finished_video_is_at_its_name_with_its_digest() throws IOException {
        Path path = folder.resolve("video.mp4");

        OutputFile.Finished finished;
        try (OutputFile file = open(path)) {
            file.write(fragment(0, 0, "ab"));
            file.write(fragment(1, 24, "c"));
            assertThat(path).doesNotExist();
            finished = file.finish();
        }

        assertThat(path).hasContent("abc");
        assertThat(finished.frames()).isEqualTo(24);
        assertThat(finished.bytes()).isEqualTo(3);
        assertThat(finished.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void an_unfinished_video_leaves_nothing_and_spares_the_one_before() throws IOException {
        Path path = Files.writeString(folder.resolve("video.mp4"), "the video before");

        try (OutputFile file = open(path)) {
            file.write(fragment(0, 0, "half"));
        }

        assertThat(path).hasContent("the video before");
        assertThat(files()).containsExactly("video.mp4");
    }

    @Test
    void two_commands_do_not_write_one_file() throws IOException {
        Path path = folder.resolve("video.mp4");
        try (OutputFile first = open(path)) {
            first.write(fragment(0, 0, "first"));

            assertThatThrownBy(() -> open(path)).hasMessage("cannot write " + path + ": another command is writing it");

            first.finish();
        }
        assertThat(path).hasContent("first");
        open(path).close();
    }

    @Test
    void what_a_killed_command_left_is_written_over() throws IOException {
        Path path = folder.resolve("video.mp4");
        Files.writeString(folder.resolve("video.mp4.part"), "much more than there will be now");

        write(path, "now");

        assertThat(path).hasContent("now");
        assertThat(files()).containsExactly("video.mp4");
    }

    @Test
    void a_symbolic_link_stays_one_and_what_it_points_to_is_written() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path film = Files.writeString(elsewhere.resolve("film.mp4"), "before");
        Path link = Files.createSymbolicLink(folder.resolve("video.mp4"), film);
        Path dangling = Files.createSymbolicLink(folder.resolve("later.mp4"), Path.of("elsewhere/later.mp4"));

        write(link, "now");
        write(dangling, "later");

        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(Files.isRegularFile(film, LinkOption.NOFOLLOW_LINKS)).isTrue();
        assertThat(film).hasContent("now");
        assertThat(elsewhere.resolve("later.mp4")).hasContent("later");
    }

    @Test
    @Timeout(30)
    void a_pipe_gets_the_video_as_it_comes() throws Exception {
        Path pipe = folder.resolve("video.mp4");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        CompletableFuture<String> read = CompletableFuture.supplyAsync(() -> {
            try {
                return Files.readString(pipe);
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });

        write(pipe, "piped");

        assertThat(read.get()).isEqualTo("piped");
        assertThat(files()).as("the pipe").containsExactly("video.mp4");
    }

    @Test
    void a_device_stays_a_device_and_a_full_one_says_so() throws IOException {
        write(Path.of("/dev/null"), "nobody reads this");

        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
        assertThatThrownBy(() -> write(Path.of("/dev/full"), "no room"))
                .hasMessage("cannot write /dev/full: No space left on device");
    }

    @Test
    void a_name_that_is_too_long_is_told_at_once_and_one_that_just_fits_is_written() throws IOException {
        Path longest = folder.resolve("n".repeat(251) + ".mp4");
        Path longer = folder.resolve("n".repeat(252) + ".mp4");

        write(longest, "fits");

        assertThat(longest).hasContent("fits");
        assertThatThrownBy(() -> open(longer)).hasMessageEndingWith("File name too long");
    }

    @Test
    void a_name_may_end_in_capitals() throws IOException {
        write(folder.resolve("FILM.MP4"), "video");

        assertThat(folder.resolve("FILM.MP4")).hasContent("video");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"})
    void standard_output_has_several_names(String name) {
        assertThat(OutputPlace.isStandardOutput(Path.of(name))).isTrue();
    }

    @Test
    void a_video_is_not_written_under_the_name_of_another_kind() throws IOException {
        try (OutputFile file = open(folder.resolve("video.mkv"))) {
            assertThatThrownBy(() -> file.write(fragment(0, 0, "mp4")))
                    .hasMessageContaining("the video is h264, so its file's name must end in .mp4");
        }
        assertThat(files()).isEmpty();
    }

    private static OutputFile open(Path path) throws IOException {
        return new OutputFile(OutputPlace.open(path));
    }

    private static void write(Path path, String data) throws IOException {
        try (OutputFile file = open(path)) {
            file.write(fragment(0, 0, data));
            file.finish();
        }
    }

    private Stream<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private static Fragment fragment(int number, int frames, String data) {
        return new Fragment(number, 0, frames, "mp4", false, data.getBytes(StandardCharsets.UTF_8));
    }
}
