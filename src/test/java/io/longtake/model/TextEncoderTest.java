package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.tensor.Tensor;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TextEncoderTest {

    private static LoadedModel model;

    @BeforeAll
    static void open() {
        model = ToyModel.open();
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void pads_a_prompt_to_the_models_length() {
        assertThat(model.text().tokens("A road by night")).containsExactly(2, 3, 4, 6, 0, 0);
    }

    @Test
    void cuts_a_prompt_that_is_too_long() {
        assertThat(model.text().tokens("a a a a a a a a a")).containsExactly(2, 2, 2, 2, 2, 2);
    }

    @Test
    void takes_words_that_it_does_not_know() {
        assertThat(model.text().tokens("a purple road")).containsExactly(2, 1, 3, 0, 0, 0);
    }

    @Test
    void embeds_the_empty_prompt_as_nothing() {
        assertThat(model.text().embed("")).isEqualTo(Tensor.zeros(1, 6, 4));
    }

    @Test
    void tells_prompts_apart_and_remembers_them() {
        Tensor night = model.text().embed("road by night");
        assertThat(night).isNotEqualTo(model.text().embed("road by day"));
        assertThat(model.text().embed("road by night")).isSameAs(night);
    }
}
