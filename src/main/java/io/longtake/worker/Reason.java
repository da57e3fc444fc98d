package io.longtake.worker;

/** Why something was not done, short enough for a record or a line of a log whatever a task made the message hold. */
final class Reason {

    private static final int LIMIT = 1000;

    private Reason() {}

    static String of(Throwable fault) {
        return cut(fault.getMessage() == null ? fault.toString() : fault.getMessage());
    }

    static String cut(String reason) {
        return reason.length() <= LIMIT ? reason : reason.substring(0, LIMIT);
    }
}
