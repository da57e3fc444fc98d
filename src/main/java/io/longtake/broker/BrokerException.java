package io.longtake.broker;

/** The embedded broker did not start. The message names the directory or port, and what to do. */
public final class BrokerException extends RuntimeException {

    public BrokerException(String message) {
        super(message);
    }

    public BrokerException(String message, Throwable cause) {
        super(message, cause);
    }
}
