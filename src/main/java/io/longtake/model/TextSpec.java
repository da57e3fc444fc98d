package io.longtake.model;

/**
 * How a prompt becomes an embedding.
 *
 * @param graph token ids (B, length) to embedding (B, length, dimension)
 * @param tokenizer a Hugging Face tokenizer.json
 * @param length tokens of a prompt, padded or cut to this
 * @param dimension of a token's embedding
 */
public record TextSpec(GraphSpec graph, FileSpec tokenizer, int length, int dimension) {

    public TextSpec {
        Rule.present("text.graph", graph);
        Rule.present("text.tokenizer", tokenizer);
        Rule.between("text.length", length, 1, 1024);
        Rule.between("text.dimension", dimension, 1, 16384);
    }
}
