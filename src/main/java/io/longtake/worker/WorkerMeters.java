package io.longtake.worker;

import io.longtake.event.StageTask;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What a worker counts: {@code longtake.tasks} by worker, stage and outcome (made, filmed, impossible, unwanted, given back, parked),
 * {@code longtake.stage.time} by worker and stage, {@code longtake.lease.renewals} by worker. A name has the same tags
 * wherever it is used, because Prometheus refuses it otherwise.
 */
final class WorkerMeters {

    static final String TASKS = "longtake.tasks";
    static final String STAGE_TIME = "longtake.stage.time";
    static final String RENEWALS = "longtake.lease.renewals";

    private static final String OTHER_STAGE = "other";

    private final MeterRegistry registry;
    private final String worker;
    private final Set<String> stages;

    /** @param stages that the worker takes: anybody may write a task of another, and meters are never forgotten */
    WorkerMeters(MeterRegistry registry, String worker, Set<String> stages) {
        this.registry = registry;
        this.worker = worker;
        this.stages = stages;
    }

    void ended(StageTask task, TaskOutcome outcome) {
        count(task, outcome.label());
        if (outcome instanceof TaskOutcome.Made made) {
            time(task, made.millis());
        } else if (outcome instanceof TaskOutcome.Encoded encoded) {
            time(task, encoded.millis());
        }
    }

    void givenBack(StageTask task) {
        count(task, "given back");
    }

    void parked(StageTask task) {
        count(task, "parked");
    }

    void renewed() {
        registry.counter(RENEWALS, Tags.of("worker", worker)).increment();
    }

    private void count(StageTask task, String outcome) {
        registry.counter(TASKS, stage(task).and("outcome", outcome)).increment();
    }

    private void time(StageTask task, long millis) {
        registry.timer(STAGE_TIME, stage(task)).record(millis, TimeUnit.MILLISECONDS);
    }

    private Tags stage(StageTask task) {
        String stage = stages.contains(task.getStage()) ? task.getStage() : OTHER_STAGE;
        return Tags.of("worker", worker, "stage", stage);
    }
}
