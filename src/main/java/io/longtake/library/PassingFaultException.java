package io.longtake.library;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What is wrong with a store and may pass by itself, as with one that is just starting: worth trying again later. */
public final class PassingFaultException extends UncheckedIOException {

    private static final long serialVersionUID = 1L;

    PassingFaultException(String message, IOException cause) {
        super(message, cause);
    }
}
