package io.longtake.stitch;

/** Kafka did not give chunks in time; the message says which, and how long they were waited for. */
public final class FetchTimeoutException extends RuntimeException {

    public FetchTimeoutException(String message) {
        super(message);
    }
}
