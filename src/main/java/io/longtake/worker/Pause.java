package io.longtake.worker;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pauses between attempts, each twice as long as the one before, up to a limit; over at once when everything is. */
final class Pause {

    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** What went well for so long was well again: the next fault is a new one. */
    private static final Duration WELL = Duration.ofSeconds(10);

    private final CountDownLatch over = new CountDownLatch(1);
    private long next = SHORTEST.toMillis();
    private long since = System.nanoTime();

    /** Whether the fault that was met just now is a new one, and not that of the last attempt again. For one thread, as {@link #take}. */
    boolean isNewFault() {
        boolean well = System.nanoTime() - since >= WELL.toNanos();
        if (well) {
            next = SHORTEST.toMillis();
        }
        return well || next == SHORTEST.toMillis();
    }

    /** Waits for the next attempt. */
    void take() throws InterruptedException {
        over.await(next, TimeUnit.MILLISECONDS);
        next = Math.min(2 * next, LONGEST.toMillis());
        since = System.nanoTime();
    }

    /** No more attempts: whoever waits need not. */
    void end() {
        over.countDown();
    }

    boolean hasEnded() {
        return over.getCount() == 0;
    }
}
