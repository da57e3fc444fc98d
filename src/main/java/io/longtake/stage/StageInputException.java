package io.longtake.stage;

/** A stage cannot work with what it was given: names the input, what was expected and what was found. */
public final class StageInputException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public StageInputException(String message) {
        super(message);
    }
}
