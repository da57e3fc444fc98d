package io.longtake.worker;

import io.longtake.event.CarriedHeaders;
import io.longtake.event.StageTask;
import java.util.concurrent.CompletableFuture;

/**
 * A task in the hands of the compute thread.
 *
 * @param cause headers of the task's record, for those that come of it
 * @param receipt what is committed with the outcome
 * @param outcome completed once it is published; cancelled when its lease is lost, and then dropped
 */
record Work(StageTask task, CarriedHeaders cause, Receipt receipt, CompletableFuture<TaskOutcome> outcome) {

    Work(StageTask task, CarriedHeaders cause, Receipt receipt) {
        this(task, cause, receipt, new CompletableFuture<>());
    }

    Work(StageTask task) {
        this(task, CarriedHeaders.NONE, Receipt.NONE);
    }

    /** Nobody waits for it any more, or it has ended already. */
    boolean isOver() {
        return outcome.isDone();
    }

    /** Of which video and segment, for telling tasks apart over deliveries. */
    String name() {
        return task.getStage() + " of segment " + task.getSegment() + " of " + task.getVideoId();
    }
}
