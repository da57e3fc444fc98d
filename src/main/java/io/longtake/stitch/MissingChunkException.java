package io.longtake.stitch;

/** A chunk that was seen is not there any more, or is another; the message says where. */
public final class MissingChunkException extends RuntimeException {

    public MissingChunkException(String message) {
        super(message);
    }
}
