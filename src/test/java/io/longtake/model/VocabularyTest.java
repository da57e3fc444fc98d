package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {

    @TempDir
    Path folder;

    @Test
    void words_are_those_that_somebody_may_write() {
        List<String> words =
                Vocabulary.of(ModelRepository.standard().find("drive")).orElseThrow();

        assertThat(words).contains("drive", "fog", "night").doesNotContain("[UNK]", "time_day", "unicorn");
    }

    @Test
    void what_a_prompt_has_beside_them_is_found_once_each_in_its_order() {
        List<String> words = List.of("a", "road", "in", "fog");

        assertThat(Vocabulary.unknown(words, "A purple Zebra, in FOG: a zebra's road!"))
                .containsExactly("purple", "zebra", "s");
        assertThat(Vocabulary.unknown(words, "Straße – ночь 🚗")).containsExactly("straße", "ночь");
        assertThat(Vocabulary.unknown(words, "fog, a road")).isEmpty();
    }

    @Test
    void a_model_that_makes_words_of_their_parts_knows_all() throws IOException {
        Path tokenizer = Files.writeString(
                folder.resolve("tokenizer.json"), "{\"model\": {\"type\": \"BPE\", \"vocab\": {\"a\": 0}}}");

        assertThat(Vocabulary.of(tokenizer)).isEmpty();
    }
}
