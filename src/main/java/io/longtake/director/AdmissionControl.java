package io.longtake.director;

import io.longtake.event.Principal;
import io.longtake.event.PromptEvent;
import java.time.Duration;

/**
 * Decides whether an order that is fine in itself ({@link Admission}) is taken now: quotas, a platform that is full, whose turn
 * it is. Asked before the order is sent, so a new order that is not taken leaves nothing behind. For many threads.
 */
public interface AdmissionControl {

    /** What becomes of an order. Unless it is {@link Admitted}, it is not sent, and nobody remembers it. */
    sealed interface Answer {}

    /** It is taken. */
    record Admitted() implements Answer {}

    /** It is not, and will not be. */
    record Refused(String reason) implements Answer {}

    /** Not now: ask again after some time. */
    record Later(String reason, Duration after) implements Answer {}

    /**
     * Not yet: others come first.
     *
     * @param turn how many of them, at least 1
     * @param after ask again then
     */
    record Turn(int turn, Duration after) implements Answer {
        public Turn {
            if (turn < 1) {
                throw new IllegalArgumentException("turn: expected at least 1, got " + turn);
            }
        }
    }

    Answer admit(Principal asker, PromptEvent order);

    /** Takes all orders. */
    static AdmissionControl open() {
        return (asker, order) -> new Admitted();
    }
}
