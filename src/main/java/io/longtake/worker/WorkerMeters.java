package io.longtake.worker;

import io.longtake.event.StageTask;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What a worker counts: {@code longtake.tasks} by stage and outcome (made, filmed, impossible, unwanted, given back),
 * {@code longtake.stage.time} by stage, {@code longtake.lease.renewals}.
 */
public record WorkerMeters(String worker) {

    public static final String TASKS = "longtake.tasks";
    public static final String STAGE_TIME = "longtake.stage.time";
    public static final String RENEWALS = "longtake.lease.renewals";

    void ended(StageTask task, TaskOutcome outcome) {
        String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        Metrics.counter(TASKS, stage(task).and("outcome", name)).increment();
        if (outcome instanceof TaskOutcome.Made made) {
            Metrics.timer(STAGE_TIME, stage(task)).record(made.millis(), TimeUnit.MILLISECONDS);
        } else if (outcome instanceof TaskOutcome.Filmed filmed) {
            Metrics.timer(STAGE_TIME, stage(task)).record(filmed.millis(), TimeUnit.MILLISECONDS);
        }
    }

    void givenBack() {
        Metrics.counter(TASKS, "worker", worker, "outcome", "given back").increment();
    }

    void renewed() {
        Metrics.counter(RENEWALS, "worker", worker).increment();
    }

    private Tags stage(StageTask task) {
        return Tags.of("worker", worker, "stage", task.getStage().name().toLowerCase(Locale.ROOT));
    }
}
