package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowsTest {

    /** Frame t is filled with t. */
    private static Tensor counted(int from, int to) {
        Tensor run = Tensor.zeros(1, to - from, 1, 2);
        for (int t = from; t < to; t++) {
            run.put(1, t - from, Tensor.filled(t, 1, 1, 1, 2));
        }
        return run;
    }

    @Test
    void interpolation_opens_a_window_between_every_two_keyframes() {
        List<FrameContext> windows = new InterpolationWindows(4).of(counted(10, 17));
        assertThat(windows).hasSize(6);
        Tensor third = windows.get(2).frames();
        assertThat(third.size(1)).isEqualTo(5);
        assertThat(third.slice(1, 0, 1)).isEqualTo(counted(12, 13));
        assertThat(third.slice(1, 4, 5)).isEqualTo(counted(13, 14));
    }

    @Test
    void interpolation_joins_windows_without_the_keyframe_that_opens_the_next() {
        Tensor joined = new InterpolationWindows(4).join(List.of(counted(0, 5), counted(4, 9), counted(8, 13)));
        assertThat(joined).isEqualTo(counted(0, 12));
    }

    @Test
    void interpolation_needs_something_between() {
        assertThatThrownBy(() -> new InterpolationWindows(1)).hasMessage("factor must be at least 2, found 1");
    }

    @Test
    void a_halo_repeats_the_first_frame_where_nothing_comes_before() {
        Tensor extended = new Halo(2).extend(counted(5, 8), null);
        assertThat(extended.slice(1, 0, 1)).isEqualTo(counted(5, 6));
        assertThat(extended.slice(1, 1, 5)).isEqualTo(Tensor.concat(1, counted(5, 6), counted(5, 8)));
    }

    @Test
    void a_halo_is_the_end_of_the_run_before() {
        assertThat(new Halo(2).extend(counted(5, 8), counted(0, 5))).isEqualTo(counted(3, 8));
    }

    @Test
    void a_halo_longer_than_the_run_before_repeats_the_earliest_frame() {
        Tensor extended = new Halo(3).extend(counted(5, 8), counted(4, 5));
        assertThat(extended).isEqualTo(Tensor.concat(1, counted(4, 5), counted(4, 5), counted(4, 8)));
    }

    @Test
    void a_halo_drops_what_it_added() {
        Halo halo = new Halo(2);
        assertThat(halo.drop(halo.extend(counted(5, 8), null))).isEqualTo(counted(5, 8));
        assertThat(new Halo(0).drop(counted(5, 8))).isEqualTo(counted(5, 8));
    }
}
