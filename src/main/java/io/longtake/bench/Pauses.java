package io.longtake.bench;

import org.apache.kafka.common.errors.InterruptException;

/** Waiting while what is measured goes on by itself. */
final class Pauses {

    private Pauses() {}

    /** @throws InterruptException if the benchmark is told to stop meanwhile */
    static void seconds(double seconds) {
        try {
            Thread.sleep(Math.round(seconds * 1000));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
