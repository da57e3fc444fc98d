package io.longtake.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoReaderTest {

    @TempDir
    Path directory;

    @Test
    void a_missing_video_is_an_error_with_its_name() {
        assertThatThrownBy(() -> VideoReader.open(directory.resolve("nothing.mp4")))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("nothing.mp4")
                .hasMessageContaining("No such file");
    }

    @Test
    void garbage_is_not_a_video() throws IOException {
        Path garbage = Files.write(directory.resolve("garbage.mp4"), new byte[1000]);

        assertThatThrownBy(() -> VideoReader.open(garbage))
                .isInstanceOf(VideoException.class)
                .hasMessageContaining("garbage.mp4");
    }

    @Test
    void a_raw_video_that_ends_within_a_frame_says_so() throws IOException {
        Path cut = Files.write(directory.resolve("cut.rgb"), new byte[7]);

        try (VideoReader video = VideoReader.openRaw(cut, 2, 1, 24)) {
            assertThat(video.next()).isPresent();
            assertThatThrownBy(video::next).hasMessageEndingWith("frame 1 of 2x1 has 6 bytes, got 1");
        }
    }
}
