package io.longtake.cli;

/** What a command serves could not be opened: whoever started Quarkus for it is to hear {@link #why}. */
final class NotOpenedException extends RuntimeException {

    private final Throwable why;

    NotOpenedException(Throwable why) {
        super(why);
        this.why = why;
    }

    /** As it was thrown. */
    RuntimeException why() {
        if (why instanceof Error error) {
            throw error;
        }
        return (RuntimeException) why;
    }
}
