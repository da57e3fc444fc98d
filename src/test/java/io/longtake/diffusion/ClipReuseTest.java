package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longtake.tensor.Tensor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClipReuseTest {

    private static final int FRAMES = 8;
    private static final Tensor BEFORE = new Noise(1, 0).frames(2, FRAMES, 16, 16, 0, 0, 0);
    private static final Tensor FRESH = new Noise(2, 0).frames(2, FRAMES, 16, 16, 0, 0, 0);

    /** The paper's own values. */
    private static final ClipReuse REUSE = new ClipReuse(4, 4, 0.4);

    @Test
    void the_first_frames_start_from_the_last_noise_of_the_clip_before() {
        Tensor noise = REUSE.noise(BEFORE, FRESH);
        for (int j = 0; j < 4; j++) {
            assertThat(frame(noise, j)).isEqualTo(frame(BEFORE, FRAMES - 1 - j));
        }
    }

    @Test
    void the_other_frames_mix_old_noise_and_fresh_without_growing_louder() {
        Tensor noise = REUSE.noise(BEFORE, FRESH);
        double root = Math.sqrt(17);
        assertThat(frame(noise, 5).data()[3])
                .isCloseTo(
                        (float) (4 / root * frame(BEFORE, 2).data()[3]
                                + frame(FRESH, 5).data()[3] / root),
                        within(1e-6f));
        double power = IntStream.range(0, noise.data().length)
                .mapToDouble(i -> noise.data()[i] * noise.data()[i])
                .average()
                .orElseThrow();
        assertThat(power).isCloseTo(1, within(0.08));
    }

    @Test
    void without_reuse_the_other_frames_are_fresh() {
        Tensor noise = new ClipReuse(4, 0, 0.4).noise(BEFORE, FRESH);
        assertThat(noise.slice(1, 4, 8)).isEqualTo(FRESH.slice(1, 4, 8));
    }

    @Test
    void guidance_leaves_earlier_frames_later() {
        for (int j = 0; j < FRAMES; j++) {
            int frame = j;
            long followed = IntStream.range(0, 50)
                    .filter(step -> REUSE.follows(frame, step, 50))
                    .count();
            assertThat(followed).isEqualTo(new int[] {20, 15, 10, 5, 0, 0, 0, 0}[j]);
        }
    }

    @Test
    void a_guided_state_mirrors_the_clip_before_in_the_frames_that_follow() {
        Tensor guided = REUSE.guide(FRESH, BEFORE, 12, 50);
        assertThat(frame(guided, 0)).isEqualTo(frame(BEFORE, 7));
        assertThat(frame(guided, 1)).isEqualTo(frame(BEFORE, 6));
        assertThat(guided.slice(1, 2, FRAMES)).isEqualTo(FRESH.slice(1, 2, FRAMES));
    }

    @Test
    void a_state_stays_as_it_is_once_no_frame_follows() {
        assertThat(REUSE.guide(FRESH, BEFORE, 19, 50)).isNotEqualTo(FRESH);
        assertThat(REUSE.guide(FRESH, BEFORE, 20, 50)).isSameAs(FRESH);
    }

    @Test
    void refuses_to_guide_for_more_than_all_steps() {
        assertThatThrownBy(() -> new ClipReuse(4, 4, 1.5)).hasMessageContaining("found 4, 4.0 and 1.5");
    }

    private static Tensor frame(Tensor clip, int index) {
        return clip.slice(1, index, index + 1);
    }
}
