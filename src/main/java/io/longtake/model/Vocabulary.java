package io.longtake.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The words that a model knows. One that makes words of their parts (BPE, WordPiece, Unigram) knows every word in its way. */
public final class Vocabulary {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Vocabulary() {}

    /** In the order of its tokenizer, without signs for nothing and words that only its training used; empty if it has parts. */
    public static Optional<List<String>> of(StoredModel model) {
        return of(model.file(model.manifest().text().tokenizer().file()));
    }

    /** @param tokenizer a Hugging Face tokenizer.json */
    static Optional<List<String>> of(Path tokenizer) {
        try {
            JsonNode model = JSON.readTree(tokenizer.toFile()).path("model");
            if (!model.path("type").asText().equals("WordLevel")) {
                return Optional.empty();
            }
            List<String> words = new ArrayList<>();
            model.path("vocab").fieldNames().forEachRemaining(words::add);
            words.removeIf(word -> !word.matches("[\\p{L}\\p{N}]+"));
            return Optional.of(words);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + tokenizer, e);
        }
    }
}
