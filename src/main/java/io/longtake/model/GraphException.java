package io.longtake.model;

/** A graph and its manifest disagree, or the engine cannot run it: names file, tensor, expected and found. */
public final class GraphException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public GraphException(String message) {
        super(message);
    }

    public GraphException(String message, Throwable cause) {
        super(message, cause);
    }
}
