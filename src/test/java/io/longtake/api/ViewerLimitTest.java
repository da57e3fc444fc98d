package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ViewerLimitTest {

    private final ViewerLimit viewerLimit =
            new ViewerLimit(new FrameLimits(3, 2, 4, 1 << 20, 3, Duration.ofSeconds(30), Duration.ofSeconds(15)));

    @Test
    void a_video_has_so_many_viewers_and_the_server_so_many_in_all() {
        viewerLimit.take("a");
        viewerLimit.take("a");
        assertThatThrownBy(() -> viewerLimit.take("a"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("video a has 2");

        viewerLimit.take("b");
        assertThatThrownBy(() -> viewerLimit.take("c"))
                .isInstanceOf(Problem.class)
                .hasMessageContaining("this server has 3");
        assertThat(viewerLimit.all()).isEqualTo(3);
    }

    @Test
    void the_place_of_a_viewer_that_left_is_free() {
        viewerLimit.take("a");
        viewerLimit.take("a");
        viewerLimit.leave("a");

        viewerLimit.take("a");

        assertThat(viewerLimit.all()).isEqualTo(2);
    }

    @Test
    void limits_that_make_no_sense_are_told_by_name() {
        assertThatThrownBy(() -> new FrameLimits(1, 1, 0, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .hasMessage("longtake.frames.batches-in-flight: expected at least 1, got 0");
        assertThatThrownBy(() -> new FrameLimits(1, 1, 1, 1, 1, Duration.ofMillis(10), Duration.ofSeconds(1)))
                .hasMessage("longtake.frames.stalled: expected at least 1s, got 10ms");
    }
}
