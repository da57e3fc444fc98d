package io.longtake.model;

/** No repository holds a model of that name; says what there is. */
public final class UnknownModelException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public UnknownModelException(String message) {
        super(message);
    }
}
