package io.longtake.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** Prompts to embeddings: tokens, then the text encoder's graph. Remembers the prompts that it meets most. */
public final class TextEncoder implements AutoCloseable {

    private static final int REMEMBERED = 256;

    private final HuggingFaceTokenizer tokenizer;
    private final Graph graph;
    private final Cache<String, Tensor> known =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private TextEncoder(HuggingFaceTokenizer tokenizer, Graph graph) {
        this.tokenizer = tokenizer;
        this.graph = graph;
    }

    static TextEncoder open(StoredModel model, Device device, EngineOptions options) {
        TextSpec spec = model.manifest().text();
        Graph graph = Graph.open(model, spec.graph(), device, options);
        try {
            return new TextEncoder(tokenizer(model.file(spec.tokenizer().file()), spec.length()), graph);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
    }

    private static HuggingFaceTokenizer tokenizer(Path file, int length) {
        try {
            // The file's own padding is ignored, so length and truncation come from the manifest.
            return HuggingFaceTokenizer.builder()
                    .optTokenizerPath(file)
                    .optPadToMaxLength()
                    .optMaxLength(length)
                    .optTruncation(true)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Token ids of a prompt, padded or cut to the manifest's length. */
    public long[] tokens(String prompt) {
        return tokenizer.encode(prompt).getIds();
    }

    /** The prompt's embedding (1, L, D); shared, not to be changed. The empty prompt says nothing in particular. */
    public Tensor embed(String prompt) {
        return known.get(prompt, this::encode);
    }

    private synchronized Tensor encode(String prompt) {
        return graph.run(new GraphInputs(Map.of(), Map.of("tokens", tokens(prompt))))
                .get("embedding");
    }

    @Override
    public void close() {
        graph.close();
        tokenizer.close();
    }
}
