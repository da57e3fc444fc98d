package io.longtake.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** How many calls a worker may have under way, and how many it has. */
final class Slots {

    private final int slots;
    private int taken;
    private long freeSince = System.nanoTime();
    private boolean closed;

    Slots(int slots) {
        this.slots = slots;
    }

    /** Takes one, even if none is free: several stages may have asked for a task at once, and each has got one. */
    synchronized void take() {
        taken++;
    }

    synchronized void free() {
        taken--;
        freeSince = System.nanoTime();
        notifyAll();
    }

    /**
     * Returns when one is free, when nobody asks for tasks any more, or after a while.
     *
     * @return whether one is free
     */
    synchronized boolean await(Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        long left = patience.toMillis();
        while (!closed && taken >= slots && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
        return taken < slots;
    }

    /** From now on tasks can come. */
    synchronized void begin() {
        freeSince = System.nanoTime();
    }

    /** How long none has been taken. */
    synchronized Duration idle() {
        return taken > 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - freeSince);
    }

    /** Nobody waits for one any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
