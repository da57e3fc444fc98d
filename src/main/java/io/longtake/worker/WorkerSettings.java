package io.longtake.worker;

import java.util.Set;

/**
 * What a worker is told when it starts.
 *
 * @param name tells workers apart in results and logs
 * @param stages whose tasks it takes, at least one
 * @param slots calls that it has under way, from the inputs' arrival to what is published: while so many are, it asks for no more
 *     tasks. Its device computes as many of them at once as it takes calls
 * @param batching tasks that share a call, and with it a slot
 */
public record WorkerSettings(String name, Set<String> stages, int slots, Batching batching) {

    public static final int MAX_SLOTS = 256;

    public WorkerSettings {
        stages = Set.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages: a worker needs at least one, got none");
        }
        if (slots < 1 || slots > MAX_SLOTS) {
            throw new IllegalArgumentException(
                    "longtake.worker.slots must be from 1 to " + MAX_SLOTS + ", found " + slots);
        }
    }

    /** A worker whose calls are of one task each. */
    public WorkerSettings(String name, Set<String> stages, int slots) {
        this(name, stages, slots, Batching.SINGLE);
    }

    /** Tasks that it has under way at most. */
    int takes() {
        return slots * batching.maximum();
    }

    /** The share group of the workers of a stage: a task goes to one of them. */
    public static String group(String stage) {
        return "longtake-workers-" + stage;
    }

    /** The client that is a worker's member of the group of a stage. */
    static String client(String name, String stage) {
        return name + "-" + stage;
    }

    /** The worker whose client that is. */
    public static String nameOf(String client, String stage) {
        return client.endsWith("-" + stage) ? client.substring(0, client.length() - stage.length() - 1) : client;
    }

    /** The share group of all workers until November 2026, over the tasks of all stages. */
    public static final String GROUP_OF_ALL_STAGES = "longtake-workers";
}
