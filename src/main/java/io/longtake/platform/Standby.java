package io.longtake.platform;

import java.time.Duration;

/**
 * What one does whom Kafka has refused, because its Streams group goes by another topology: it waits until nobody goes by that one any
 * more, and takes the group over. Others that wait beside it may be refused meanwhile; they join when the group has members again.
 */
final class Standby {

    enum Move {
        WAIT,
        /** As one more member: the group may go by our topology by now. */
        JOIN,
        /** Nobody goes by the group's topology: it may be forgotten. */
        TAKE_OVER
    }

    /** If a change of the group was missed, it is noticed after this time. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    /** In a row; Kafka may refuse us for a reason that taking over does not cure. */
    static final int MAX_TAKE_OVERS = 5;

    private boolean vacantBefore;
    private long last;
    private int takeOvers;

    /** @param nanos when it tried to join */
    Standby(long nanos) {
        this.last = nanos;
    }

    /**
     * What to do after a look at the group.
     *
     * @param vacant whether it has no members; between two of them Kafka may show none for a moment
     * @param takenOver whether we were refused because somebody was just taking it over; who has members then has our topology, or
     *     will refuse us for another reason
     */
    Move look(boolean vacant, boolean takenOver, long nanos) {
        Move move = Move.WAIT;
        if (vacant && vacantBefore) {
            move = Move.TAKE_OVER;
            takeOvers++;
        } else if (!vacant && (vacantBefore || takenOver || nanos - last >= PATIENCE.toNanos())) {
            move = Move.JOIN;
        }
        vacantBefore = vacant && move == Move.WAIT;
        last = move == Move.WAIT ? last : nanos;
        return move;
    }

    /** It is a member now. */
    void joined() {
        takeOvers = 0;
    }

    /** Whether it was refused again and again, though nobody else was there. */
    boolean isHopeless() {
        return takeOvers >= MAX_TAKE_OVERS;
    }
}
