package io.longtake.worker;

/** This worker's model is not the one that the task was planned with. Another worker may have it: the task goes back. */
public final class WrongModelException extends RuntimeException {

    public WrongModelException(String message) {
        super(message);
    }
}
