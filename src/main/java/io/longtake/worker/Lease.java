package io.longtake.worker;

/**
 * A task that is ours for a while, and what is being done about it. If it is lost, somebody else has it, and our work is dropped.
 *
 * @param taken the task
 */
record Lease(TakenTask taken, Work work) {

    /** Whether there is something to say to the queue, and it can be said. */
    boolean isDue() {
        return taken.isInHand() && work.isOver();
    }
}
