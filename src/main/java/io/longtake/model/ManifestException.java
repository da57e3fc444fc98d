package io.longtake.model;

/** A manifest says something impossible: names the field, its value and the rule. */
public final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ManifestException(String message) {
        super(message);
    }

    public ManifestException(String message, Throwable cause) {
        super(message, cause);
    }
}
