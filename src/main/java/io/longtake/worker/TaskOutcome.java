package io.longtake.worker;

import io.longtake.event.Reason;
import io.longtake.payload.FrameBatch;
import io.longtake.tensor.Content;
import java.util.Map;

/** What came of a task, before anybody is told. */
sealed interface TaskOutcome {

    /** What it is counted as; dashboards know these words, whatever the classes are called. */
    String label();

    /** Tensors or base frames for other stages, by name. */
    record Made(Map<String, Content> outputs, long millis) implements TaskOutcome {
        @Override
        public String label() {
            return "made";
        }

        @Override
        public String toString() {
            return "made in " + millis + " ms";
        }
    }

    /** Finished frames for the public, and what other stages need beside. */
    record Encoded(FrameBatch batch, Map<String, Content> outputs, long millis) implements TaskOutcome {
        @Override
        public String label() {
            return "filmed";
        }

        @Override
        public String toString() {
            return "encoded in " + millis + " ms";
        }
    }

    /**
     * It can not be done, by anybody: the video fails.
     *
     * @param reason cut to what a result may hold, because a task can make it long
     */
    record Impossible(String reason) implements TaskOutcome {
        public Impossible {
            reason = Reason.cut(reason);
        }

        @Override
        public String label() {
            return "impossible";
        }
    }

    /** The video was cancelled or has failed: nobody wants it any more. */
    record Unwanted() implements TaskOutcome {
        @Override
        public String label() {
            return "unwanted";
        }
    }
}
