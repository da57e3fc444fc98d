package io.longtake.bench;

import org.apache.kafka.common.errors.InterruptException;

/** Waiting while what is measured goes on by itself. */
final class Pauses {

    private Pauses() {}

    /** @throws InterruptException if the benchmark has been told to stop: for work that takes no notice of it */
    static void requireNotStopped() {
        if (Thread.interrupted()) {
            throw new InterruptException(new InterruptedException("told to stop"));
        }
    }

    /** @throws InterruptException if the benchmark is told to stop meanwhile */
    static void seconds(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
