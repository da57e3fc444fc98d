package io.longtake.event;

/** Why something was not done, short enough for a record or a line of a log whatever a task made the message hold. */
public final class Reason {

    private Reason() {}

    public static String of(Throwable fault) {
        return cut(fault.getMessage() == null ? fault.toString() : fault.getMessage());
    }

    /** What caused it in the first place, by its kind: Kafka's outer exceptions only say that something failed. */
    public static String ofFirstCause(Throwable fault) {
        Throwable first = firstCause(fault);
        String kind = first.getClass().getSimpleName();
        return first.getMessage() == null ? kind : cut(kind + ": " + first.getMessage());
    }

    /** What caused a fault in the first place; the fault itself if nothing did. */
    public static Throwable firstCause(Throwable fault) {
        Throwable first = fault;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return first;
    }

    public static String cut(String reason) {
        return Shortened.text(reason, Shortened.REASON);
    }
}
