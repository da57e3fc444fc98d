package io.longtake.payload;

/**
 * A payload, or part of it, is not there: not yet committed, never committed, or older than the topic's retention. The
 * message says where it was looked for.
 */
public final class PayloadMissingException extends RuntimeException {

    public PayloadMissingException(String message) {
        super(message);
    }
}
