package io.longtake.worker;

import java.time.Duration;

/**
 * How many tasks a worker takes into one call of the model.
 *
 * @param maximum tasks of one call. The call always has so many entries, whether filled up or not, because another number
 *     gives other last bits: all workers of a stage should have the same
 * @param window how long a fetch waits for so many
 */
public record Batching(int maximum, Duration window) {

    public static final int MAX_TASKS = 64;
    public static final Duration WINDOW = Duration.ofMillis(20);
    public static final Duration MAX_WINDOW = Duration.ofSeconds(1);

    /** One task at a time, which waits for nobody. */
    public static final Batching SINGLE = new Batching(1, WINDOW);

    public Batching {
        if (maximum < 1 || maximum > MAX_TASKS) {
            throw new IllegalArgumentException("tasks of a call must be from 1 to " + MAX_TASKS + ", found " + maximum);
        }
        if (window.isNegative() || window.compareTo(MAX_WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "the wait for them must be from 0 to " + MAX_WINDOW.toMillis() + " ms, found " + window.toMillis());
        }
    }
}
