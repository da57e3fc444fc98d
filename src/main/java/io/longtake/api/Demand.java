package io.longtake.api;

/**
 * How many batches a viewer will take, as Reactive Streams counts.
 *
 * @param batches that may still be sent
 */
record Demand(long batches) {

    /** Of a viewer that does not count: the pace at which it reads is its demand. */
    static final Demand UNBOUNDED = new Demand(Long.MAX_VALUE);

    Demand {
        if (batches < 0) {
            throw new IllegalArgumentException("demand: expected at least 0 batches, got " + batches);
        }
    }

    boolean any() {
        return batches > 0;
    }

    /** One batch was sent. */
    Demand met() {
        return equals(UNBOUNDED) ? this : new Demand(batches - 1);
    }

    /** So many more. A viewer begins to count with the first that it asks for. */
    Demand plus(long more) {
        return equals(UNBOUNDED) ? new Demand(more) : new Demand(Math.min(batches + more, Long.MAX_VALUE - 1));
    }
}
