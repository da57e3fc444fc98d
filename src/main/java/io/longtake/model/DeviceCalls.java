package io.longtake.model;

import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The calls that a device takes at once: a place for each. Whoever waited longest gets the next one. */
final class DeviceCalls {

    /** System property: how many calls a CPU takes at once, each on a thread of its own. By default as many as it has processors. */
    static final String PROPERTY = "longtake.calls";

    private static final int MOST = 256;

    private final int atOnce;
    private final Semaphore places;

    private DeviceCalls(int atOnce) {
        this.atOnce = atOnce;
        this.places = new Semaphore(atOnce, true);
    }

    /** An accelerator is full with one call. */
    static DeviceCalls ofAccelerator() {
        return new DeviceCalls(1);
    }

    /** @throws IllegalArgumentException if the property is no number from 1 to 256 */
    static DeviceCalls ofCpu() {
        String asked = System.getProperty(PROPERTY, "").strip();
        if (asked.isEmpty()) {
            return new DeviceCalls(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
        }
        if (!asked.matches("[1-9][0-9]{0,2}") || Integer.parseInt(asked) > MOST) {
            throw new IllegalArgumentException(PROPERTY + " must be from 1 to " + MOST + ", found '" + asked + "'");
        }
        return new DeviceCalls(Integer.parseInt(asked));
    }

    int atOnce() {
        return atOnce;
    }

    <T> T run(Supplier<T> call) {
        return run(call, 1);
    }

    /** Runs something while no call is under way. */
    <T> T runAlone(Supplier<T> work) {
        return run(work, atOnce);
    }

    private <T> T run(Supplier<T> work, int needed) {
        places.acquireUninterruptibly(needed);
        try {
            return work.get();
        } finally {
            places.release(needed);
        }
    }
}
