package io.longtake.event;

/** A record that no broker would take. Thrown before anything of it is sent; the message names the record, its size and the limit. */
public final class OversizedRecordException extends RuntimeException {

    OversizedRecordException(String message) {
        super(message);
    }
}
