package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameContextTest {

    private static final int CHANNELS = 2;
    private static final int FRAMES = 5;
    private static final Tensor KNOWN = new Noise(1, 0).frames(CHANNELS, FRAMES, 2, 3, 0, 0, 0);
    private static final Tensor SAMPLE = new Noise(2, 0).frames(CHANNELS, FRAMES, 2, 3, 0, 0, 0);

    @Test
    void of_nothing_is_all_zero() {
        FrameContext none = FrameContext.none(CHANNELS, FRAMES, 2, 3);
        assertThat(none.condition()).isEqualTo(Tensor.zeros(CHANNELS + 1, FRAMES, 2, 3));
        assertThat(none.restore(SAMPLE)).isEqualTo(SAMPLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void of_the_first_frames_holds_them_and_their_mask(int given) {
        FrameContext context = FrameContext.first(KNOWN.slice(1, 0, given), FRAMES);
        Tensor condition = context.condition();
        Tensor z = condition.slice(0, 0, CHANNELS);
        Tensor mask = condition.slice(0, CHANNELS, CHANNELS + 1);
        assertThat(z.slice(1, 0, given)).isEqualTo(KNOWN.slice(1, 0, given));
        assertThat(z.slice(1, given, FRAMES)).isEqualTo(Tensor.zeros(CHANNELS, FRAMES - given, 2, 3));
        assertThat(mask.slice(1, 0, given)).isEqualTo(Tensor.filled(1, 1, given, 2, 3));
        assertThat(mask.slice(1, given, FRAMES)).isEqualTo(Tensor.zeros(1, FRAMES - given, 2, 3));
    }

    @Test
    void of_both_ends_marks_both_ends() {
        FrameContext context = FrameContext.ends(KNOWN.slice(1, 0, 1), KNOWN.slice(1, 4, 5), FRAMES);
        assertThat(context.given()).containsExactly(true, false, false, false, true);
        assertThat(context.frames().slice(1, 4, 5)).isEqualTo(KNOWN.slice(1, 4, 5));
        assertThat(context.frames().slice(1, 1, 4)).isEqualTo(Tensor.zeros(CHANNELS, 3, 2, 3));
    }

    @Test
    void puts_the_given_frames_back_and_keeps_the_new_ones() {
        Tensor restored = FrameContext.first(KNOWN.slice(1, 0, 2), FRAMES).restore(SAMPLE);
        assertThat(restored.slice(1, 0, 2)).isEqualTo(KNOWN.slice(1, 0, 2));
        assertThat(restored.slice(1, 2, FRAMES)).isEqualTo(SAMPLE.slice(1, 2, FRAMES));
    }

    @Test
    void holds_the_given_frames_at_the_noise_of_the_time_and_leaves_the_others() {
        NoiseSchedule schedule = NoiseSchedule.cosine(1000, 0.008);
        Tensor noise = new Noise(3, 0).frames(CHANNELS, FRAMES, 2, 3, 0, 0, 0).reshape(1, CHANNELS, FRAMES, 2, 3);
        Tensor state = SAMPLE.reshape(1, CHANNELS, FRAMES, 2, 3);
        Tensor[] seen = new Tensor[1];
        Denoiser denoiser = (x, time) -> seen[0] = x;

        FrameContext.first(KNOWN.slice(1, 0, 2), FRAMES)
                .held(denoiser, schedule, noise)
                .predict(state, 400);

        float alpha = (float) schedule.alpha(400);
        float sigma = (float) schedule.sigma(400);
        float z = KNOWN.slice(1, 1, 2).data()[4];
        float eps = noise.slice(2, 1, 2).data()[4];
        assertThat(seen[0].slice(2, 1, 2).data()[4]).isEqualTo(alpha * z + sigma * eps);
        assertThat(seen[0].slice(2, 2, FRAMES)).isEqualTo(state.slice(2, 2, FRAMES));
    }

    @Test
    void refuses_a_mask_of_another_length() {
        assertThatThrownBy(() -> new FrameContext(KNOWN, new boolean[4]))
                .hasMessage("a mask of 4 frames does not fit Tensor[2, 5, 2, 3] (C, T, h, w)");
    }
}
