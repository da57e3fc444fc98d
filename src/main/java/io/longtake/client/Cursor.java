package io.longtake.client;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A feed read by pulling: an iterator that waits for the next item, or {@link #poll} with a time limit. Holds a connection
 * to Kafka until it is closed; memory is bounded by what Kafka sends at once and, for frames, by what has to wait for its
 * turn. A broker that goes away and comes back is waited for. For one thread; interrupt it to end a wait.
 *
 * <p>{@link #poll}, {@link #hasNext} and {@link #next} throw
 *
 * <ul>
 *   <li>{@link VideoEndedException} if the video failed or was cancelled, after all that there is of it;
 *   <li>{@link io.longtake.payload.PayloadMissingException} if a part of it is damaged or gone, or the feed was opened at
 *       too late a time;
 *   <li>{@link org.apache.kafka.common.errors.InterruptException} if the thread is interrupted;
 *   <li>another {@link org.apache.kafka.common.KafkaException} if Kafka can not be read.
 * </ul>
 */
public final class Cursor<T> implements Iterator<Delivery<T>>, Iterable<Delivery<T>>, AutoCloseable {

    private static final Duration WHILE = Duration.ofMinutes(1);

    private final Reading<T> reading;
    private Optional<Delivery<T>> ahead = Optional.empty();

    Cursor(Reading<T> reading) {
        this.reading = reading;
    }

    /**
     * The next item.
     *
     * @param timeout how long to wait for it
     * @return empty if none came in that time, or {@link #isDone()}
     */
    public Optional<Delivery<T>> poll(Duration timeout) {
        Optional<Delivery<T>> next = ahead.isPresent() ? ahead : reading.poll(timeout);
        ahead = Optional.empty();
        return next;
    }

    /** Whether the last item was given: no other follows. */
    public boolean isDone() {
        return ahead.isEmpty() && reading.isDone();
    }

    /**
     * How many records under the video's key were passed over because they could not be read; the log of {@code
     * io.longtake.client} has them at its level DEBUG.
     */
    public long skipped() {
        return reading.skipped();
    }

    /** Waits until the next item is there; false after the last one. */
    @Override
    public boolean hasNext() {
        while (ahead.isEmpty() && !reading.isDone()) {
            ahead = reading.poll(WHILE);
        }
        return ahead.isPresent();
    }

    /** Waits for the next item. */
    @Override
    public Delivery<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the feed is at its end");
        }
        return poll(Duration.ZERO).orElseThrow();
    }

    /** Itself: what was given does not come again. */
    @Override
    public Iterator<Delivery<T>> iterator() {
        return this;
    }

    @Override
    public void close() {
        reading.close();
    }
}
