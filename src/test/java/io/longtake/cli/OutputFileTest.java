package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.Fragment;
import io.longtake.video.Codec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {

    @TempDir
    private Path folder;

    @Test
    void a_finished_video_is_at_its_name_with_its_digest() throws IOException {
        Path path = folder.resolve("video.mp4");

        OutputFile.Finished finished;
        try (OutputFile file = OutputFile.create(path)) {
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

        try (OutputFile file = OutputFile.create(path)) {
            file.write(fragment(0, 0, "half"));
        }

        assertThat(path).hasContent("the video before");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void places_that_cannot_be_are_told_before_anything_is_written() {
        assertThat(OutputFile.problem(folder, Codec.H264)).contains("is a directory");
        assertThat(OutputFile.problem(folder.resolve("video.avi"), Codec.H264)).contains("must end in .mp4");
        assertThat(OutputFile.problem(folder.resolve("no/video.mp4"), Codec.H264))
                .contains("there is no directory");
        assertThat(OutputFile.problem(folder.resolve("video.mkv"), Codec.FFV1)).isNull();
    }

    private static Fragment fragment(int number, int frames, String data) {
        return new Fragment(number, 0, frames, "mp4", false, data.getBytes(StandardCharsets.UTF_8));
    }
}
