package io.longtake.worker;

import io.longtake.event.ProcessFault;
import io.longtake.event.Reason;
import io.longtake.model.DeviceFault;
import io.longtake.payload.CorruptPayloadException;
import io.longtake.stage.StageBatch;
import io.longtake.stage.StageCancelledException;
import io.longtake.stage.StageInputException;
import io.longtake.stage.StageOutputs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Does tasks, in one call those that may share one ({@link BatchKey}), and sees to it that they share nothing else: what one of them lacks, breaks or no longer wants
 * is its own affair, and each is published by itself.
 */
final class BatchRunner {

    private final TaskRunner runner;
    private final DeviceHealth health;
    private final Predicate<String> ended;
    private final BooleanSupplier stopping;
    private final BiConsumer<Work, TaskOutcome> publisher;

    /**
     * @param ended whether nobody wants a video any more, by its id
     * @param stopping whether the worker is asked to stop
     */
    BatchRunner(
            TaskRunner runner,
            DeviceHealth health,
            Predicate<String> ended,
            BooleanSupplier stopping,
            BiConsumer<Work, TaskOutcome> publisher) {
        this.runner = runner;
        this.health = health;
        this.ended = ended;
        this.stopping = stopping;
        this.publisher = publisher;
    }

    /**
     * Completes every task: with what was published of it, or with what keeps it from being done here and now.
     *
     * @throws RuntimeException or Error if it tells of a {@link ProcessFault}; some tasks are not completed then
     */
    void run(List<Work> tasks) {
        long start = System.nanoTime();
        List<TaskRunner.Prepared> ready = new ArrayList<>();
        for (Work work : tasks) {
            attempt(work, () -> {
                if (isWanted(work)) {
                    refuseIfStopping();
                    ready.add(runner.prepare(work));
                }
            });
        }
        long spent = System.nanoTime() - start;
        BatchKey.groups(ready).forEach(group -> call(group, spent * group.size() / ready.size()));
    }

    /** One call of the stage, or several if they do not fit into one or will not do it together. */
    private void call(List<TaskRunner.Prepared> tasks, long spent) {
        Work first = tasks.get(0).work();
        String stage = first.task().getStage();
        int size = health.size(stage);
        if (tasks.size() > size) {
            call(tasks.subList(0, size), spent);
            call(tasks.subList(size, tasks.size()), spent);
            return;
        }
        long start = System.nanoTime();
        try {
            refuseIfOutOfService();
            List<StageOutputs> made = tasks.get(0)
                    .model()
                    .stages()
                    .run(
                            new StageBatch(
                                    tasks.stream()
                                            .map(TaskRunner.Prepared::input)
                                            .toList(),
                                    size,
                                    rank(tasks)),
                            () -> isCancelled(tasks));
            health.succeeded();
            long share = (spent + System.nanoTime() - start) / tasks.size();
            for (int i = 0; i < tasks.size(); i++) {
                finish(tasks.get(i), made.get(i), share);
            }
        } catch (RuntimeException | Error e) {
            boolean device = DeviceFault.of(e) == DeviceFault.OUT_OF_MEMORY;
            if (!device && ProcessFault.isIn(e)) {
                throw e;
            } else if (device && health.triesAgain(first)) {
                call(tasks, spent);
            } else if (tasks.size() > 1) {
                tasks.forEach(task -> call(List.of(task), spent));
            } else {
                if (DeviceFault.of(e) == DeviceFault.ENGINE) {
                    health.engineFailed(first);
                }
                fail(first, e);
            }
        }
    }

    /** Nobody waits longer because of those that share a call with it. */
    private static double rank(List<TaskRunner.Prepared> tasks) {
        return tasks.stream()
                .mapToDouble(task -> task.work().task().getRank())
                .min()
                .orElseThrow();
    }

    private void refuseIfOutOfService() {
        if (health.isOutOfService()) {
            // not tried, so not to be counted as a try
            throw new StageCancelledException();
        }
    }

    private void finish(TaskRunner.Prepared task, StageOutputs made, long nanos) {
        attempt(task.work(), () -> {
            if (isWanted(task.work())) {
                publish(task.work(), runner.finish(task, made, nanos));
            }
        });
    }

    /** A video that has ended meanwhile is told of here. */
    private boolean isWanted(Work work) {
        if (work.isOver()) {
            return false;
        }
        if (ended.test(work.task().getVideoId())) {
            publish(work, new TaskOutcome.Unwanted());
            return false;
        }
        return true;
    }

    private void refuseIfStopping() {
        if (stopping.getAsBoolean()) {
            throw new StageCancelledException();
        }
    }

    /** Those who still want the call are not disturbed by those who do not. */
    private boolean isCancelled(List<TaskRunner.Prepared> tasks) {
        return stopping.getAsBoolean()
                || tasks.stream()
                        .map(TaskRunner.Prepared::work)
                        .allMatch(
                                work -> work.isOver() || ended.test(work.task().getVideoId()));
    }

    private void attempt(Work work, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            if (ProcessFault.isIn(e)) {
                throw e;
            }
            fail(work, e);
        }
    }

    private void fail(Work work, Throwable e) {
        boolean unwanted =
                e instanceof StageCancelledException && ended.test(work.task().getVideoId());
        boolean impossible = e instanceof StageInputException || e instanceof CorruptPayloadException;
        if (!unwanted && !impossible) {
            work.outcome().completeExceptionally(e);
            return;
        }
        try {
            publish(work, unwanted ? new TaskOutcome.Unwanted() : new TaskOutcome.Impossible(Reason.of(e)));
        } catch (RuntimeException broken) {
            work.outcome().completeExceptionally(broken);
        }
    }

    private void publish(Work work, TaskOutcome outcome) {
        if (!work.isOver()) {
            publisher.accept(work, outcome);
            work.outcome().complete(outcome);
        }
    }
}
