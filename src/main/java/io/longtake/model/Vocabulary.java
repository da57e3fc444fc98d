package io.longtake.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words that a model knows. One that makes words of their parts (BPE, WordPiece, Unigram) knows every word in its way. */
public final class Vocabulary {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

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

    /** The words of a prompt that a model passes over, each once; the page's {@code vocabulary.js} finds the same. */
    public static List<String> unknown(List<String> words, String prompt) {
        String text = Normalizer.normalize(prompt, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        Set<String> found = new LinkedHashSet<>(
                WORD.matcher(text).results().map(MatchResult::group).toList());
        words.forEach(found::remove);
        return List.copyOf(found);
    }
}
