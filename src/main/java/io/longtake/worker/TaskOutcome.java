package io.longtake.worker;

import io.longtake.event.Reason;
import io.longtake.payload.FrameBatch;
import io.longtake.tensor.Content;

/** What came of a task, before anybody is told. */
sealed interface TaskOutcome {

    /** A tensor or base frames for the next stage. */
    record Made(Content content, long millis) implements TaskOutcome {
        @Override
        public String toString() {
            return "made in " + millis + " ms";
        }
    }

    /** Finished frames for the public. */
    record Filmed(FrameBatch batch, long millis) implements TaskOutcome {
        @Override
        public String toString() {
            return "filmed in " + millis + " ms";
        }
    }

    /**
     * It can not be done, by anybody: the film fails.
     *
     * @param reason cut to what a result may hold, because a task can make it long
     */
    record Impossible(String reason) implements TaskOutcome {
        public Impossible {
            reason = Reason.cut(reason);
        }
    }

    /** The film was cancelled or has failed: nobody wants it any more. */
    record Unwanted() implements TaskOutcome {}
}
