package io.longtake.model;

/**
 * A file of a model and the digest that it must have.
 *
 * @param file its name in the model's folder; a plain name, so that no manifest reaches outside it
 * @param sha256 lower-case hexadecimal
 */
public record FileSpec(String file, String sha256) {

    static final String PLAIN_NAME = "[A-Za-z0-9_][A-Za-z0-9._-]{0,99}";
    static final String SHA256 = "[0-9a-f]{64}";

    public FileSpec {
        Rule.matches("file", file, PLAIN_NAME);
        Rule.matches("sha256 of " + file, sha256, SHA256);
    }
}
