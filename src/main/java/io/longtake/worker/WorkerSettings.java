package io.longtake.worker;

import java.util.Set;

/**
 * What a worker is told when it starts.
 *
 * @param name tells workers apart in results and logs
 * @param stages whose tasks it takes, at least one
 * @param batching tasks that it takes at once
 */
public record WorkerSettings(String name, Set<String> stages, Batching batching) {

    /** The share group of all workers: a task goes to one of them. */
    public static final String GROUP = "longtake-workers";

    public WorkerSettings {
        stages = Set.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages: a worker needs at least one, got none");
        }
    }

    /** A worker that takes one task at a time. */
    public WorkerSettings(String name, Set<String> stages) {
        this(name, stages, Batching.SINGLE);
    }
}
