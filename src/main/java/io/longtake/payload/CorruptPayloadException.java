package io.longtake.payload;

/** Chunks that do not add up to what was promised. The message says what was expected and what was found. */
public final class CorruptPayloadException extends RuntimeException {

    public CorruptPayloadException(String message) {
        super(message);
    }
}
