package io.longtake.client;

import java.time.Duration;
import java.util.Optional;

/** A feed while it is read. For one thread, but for {@link #wakeup}. */
interface Reading<T> extends AutoCloseable {

    /** Finds where to begin; to be called once, before {@link #poll}. What comes later than this call comes. */
    void start();

    /** The next item; empty if none came in time, or {@link #isDone}. */
    Optional<Delivery<T>> poll(Duration timeout);

    /** Whether the last item has come. */
    boolean isDone();

    /** Records that it passed over, as they could not be read. */
    long skipped();

    /** Makes a call that waits, or else the next one, throw; from any thread. */
    void wakeup();

    @Override
    void close();
}
