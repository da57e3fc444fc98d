package io.longtake.model;

/** A file of a model is missing, damaged, or not what the manifest says. */
public final class ModelFileException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ModelFileException(String message) {
        super(message);
    }

    public ModelFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
