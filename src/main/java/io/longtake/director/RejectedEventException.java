package io.longtake.director;

/** An event that can be read but not honoured. The message names field, value and limit. */
public final class RejectedEventException extends RuntimeException {

    public RejectedEventException(String message) {
        super(message);
    }
}
