package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoPlanTest {

    /** Eight frames a second, four to a segment, sixty seconds at most. */
    private static final ModelManifest MANIFEST = ToyModel.stored().manifest();

    @Test
    void cuts_a_video_into_segments_and_the_last_one_short() {
        VideoPlan plan = VideoPlan.of(MANIFEST, 1.25);
        assertThat(plan.totalFrames()).isEqualTo(10);
        assertThat(plan.segments()).isEqualTo(3);
        assertThat(IntStream.range(0, 3).map(plan::frameCount)).containsExactly(4, 4, 2);
        assertThat(plan.firstFrame(2)).isEqualTo(8);
        assertThat(plan.isLast(1)).isFalse();
        assertThat(plan.isLast(2)).isTrue();
    }

    @Test
    void of_whole_segments_has_no_short_one() {
        VideoPlan plan = VideoPlan.of(MANIFEST, 2);
        assertThat(plan.segments()).isEqualTo(4);
        assertThat(plan.frameCount(3)).isEqualTo(4);
    }

    @Test
    void rounds_to_whole_frames() {
        assertThat(VideoPlan.of(MANIFEST, 0.18).totalFrames()).isEqualTo(1);
        assertThat(VideoPlan.of(MANIFEST, 0.19).totalFrames()).isEqualTo(2);
    }

    @Test
    void names_the_stages_in_order() {
        assertThat(VideoPlan.of(MANIFEST, 1).stages())
                .containsExactly("keyframes", "interpolate", "decode", "upsample");
    }

    @Test
    void covers_every_frame_once() {
        for (int frames = 1; frames <= 480; frames++) {
            VideoPlan plan = VideoPlan.ofFrames(MANIFEST, frames);
            assertThat(IntStream.range(0, plan.segments()).map(plan::frameCount).sum())
                    .isEqualTo(frames);
            assertThat(plan.firstFrame(plan.segments() - 1)).isLessThan(frames);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 60.01})
    void refuses_lengths_that_no_video_has(double seconds) {
        assertThatThrownBy(() -> VideoPlan.of(MANIFEST, seconds))
                .hasMessage("seconds must be above 0 and at most 60.0, found " + seconds);
    }

    @Test
    void refuses_a_video_without_frames() {
        assertThatThrownBy(() -> VideoPlan.of(MANIFEST, 0.05))
                .hasMessage("seconds must give at least 1 frame at 8 a second, found 0.05");
        assertThatThrownBy(() -> VideoPlan.ofFrames(MANIFEST, 481))
                .hasMessage("frames must be from 1 to 480, found 481");
    }

    @Test
    void refuses_segments_that_it_does_not_have() {
        VideoPlan plan = VideoPlan.of(MANIFEST, 1);
        assertThatThrownBy(() -> plan.frameCount(2)).hasMessage("segment must be from 0 to 1, found 2");
        assertThatThrownBy(() -> plan.firstFrame(-1)).hasMessage("segment must be from 0 to 1, found -1");
    }
}
