package io.longtake.cli;

/** What a command serves could not be opened: whoever started Quarkus for it is to hear {@link #why}. */
final class NotOpenedException extends RuntimeException {

    private final RuntimeException why;

    NotOpenedException(RuntimeException why) {
        super(why);
        this.why = why;
    }

    RuntimeException why() {
        return why;
    }
}
