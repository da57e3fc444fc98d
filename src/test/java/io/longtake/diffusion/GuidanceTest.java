package io.longtake.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.longtake.diffusion.Guidance.Condition;
import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.Test;

class GuidanceTest {

    private static final Condition NEGATIVE = new Condition(false, true);
    private static final Condition PROMPT = new Condition(true, true);
    private static final Condition ALONE = new Condition(true, false);

    @Test
    void without_scales_asks_once_and_believes_the_answer() {
        Tensor answer = new Tensor(new int[] {1, 2}, new float[] {3, 4});
        assertThat(Guidance.NONE.conditions()).containsExactly(PROMPT);
        assertThat(Guidance.NONE.combine(answer)).isEqualTo(answer);
    }

    @Test
    void of_the_prompt_puts_the_negative_prompt_first_and_goes_beyond_the_prompt() {
        Guidance guidance = new Guidance(2.5, 1);
        assertThat(guidance.conditions()).containsExactly(NEGATIVE, PROMPT);
        assertThat(combined(guidance, 10, 14)).isCloseTo(10 + 2.5f * 4, within(1e-5f));
    }

    @Test
    void of_the_context_is_equation_four() {
        Guidance guidance = new Guidance(1, 2);
        assertThat(guidance.conditions()).containsExactly(PROMPT, ALONE);
        assertThat(combined(guidance, 14, 11)).isCloseTo(11 + 2f * (14 - 11), within(1e-5f));
    }

    @Test
    void of_both_adds_both_directions() {
        Guidance guidance = new Guidance(3, 1.5);
        assertThat(guidance.conditions()).containsExactly(NEGATIVE, PROMPT, ALONE);
        assertThat(combined(guidance, 10, 14, 11)).isCloseTo(10 + 3f * 4 + 0.5f * 3, within(1e-5f));
    }

    @Test
    void keeps_the_entries_of_a_batch_apart() {
        Tensor answers = new Tensor(new int[] {4, 1}, new float[] {1, 10, 2, 20});
        assertThat(new Guidance(2, 1).combine(answers)).isEqualTo(new Tensor(new int[] {2, 1}, new float[] {3, 30}));
    }

    @Test
    void refuses_scales_below_one() {
        assertThatThrownBy(() -> new Guidance(0.5, 1)).hasMessageContaining("at least 1, found 0.5");
        assertThatThrownBy(() -> new Guidance(1, Double.NaN)).hasMessageContaining("found 1.0 and NaN");
    }

    private static float combined(Guidance guidance, float... answers) {
        return guidance.combine(new Tensor(new int[] {answers.length, 1}, answers))
                .data()[0];
    }
}
