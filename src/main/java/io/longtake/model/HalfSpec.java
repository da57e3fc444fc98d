package io.longtake.model;

/**
 * A graph's variant in half precision: the same inputs and outputs, the same weights.
 *
 * @param file its name, beside the graph
 * @param sha256 of the file, lower-case hexadecimal
 * @param bounds of its answer to the graph's golden input
 */
public record HalfSpec(String file, String sha256, Bounds bounds) {

    public HalfSpec {
        Rule.matches("file of a graph's half", file, FileSpec.PLAIN_NAME);
        Rule.matches("sha256 of " + file, sha256, FileSpec.SHA256);
        Rule.present("bounds of " + file, bounds);
    }
}
