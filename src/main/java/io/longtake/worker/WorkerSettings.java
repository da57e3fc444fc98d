package io.longtake.worker;

import io.longtake.event.QueueProtocol;
import java.time.Duration;
import java.util.Set;

/**
 * What a worker is told when it starts.
 *
 * @param name tells workers apart in results and logs
 * @param stages whose tasks it takes, at least one
 * @param slots calls that it has under way, from the inputs' arrival to what is published: while so many are, it asks for no more
 *     tasks. Its device computes as many of them at once as it takes calls
 * @param batching tasks that share a call, and with it a slot
 * @param queue how it shares tasks with other workers: all of a platform do that in the same way
 * @param drain how long it finishes what it has begun, once it is asked to stop, before it gives the rest back
 */
public record WorkerSettings(
        String name, Set<String> stages, int slots, Batching batching, QueueProtocol queue, Duration drain) {

    public static final int MAX_SLOTS = 256;

    public static final Duration MAX_DRAIN = Duration.ofHours(1);

    /** Of the system property that sets the slots. */
    public static final String SLOTS_PROPERTY = "longtake.worker.slots";

    public WorkerSettings {
        stages = Set.copyOf(stages);
        if (stages.isEmpty()) {
            throw new IllegalArgumentException("stages: a worker needs at least one, got none");
        }
        if (slots < 1 || slots > MAX_SLOTS) {
            throw refused(Integer.toString(slots));
        }
        if (drain.isNegative() || drain.compareTo(MAX_DRAIN) > 0) {
            throw new IllegalArgumentException(
                    "drain must be from 0 to " + MAX_DRAIN.toSeconds() + " s, found " + drain.toSeconds() + " s");
        }
    }

    /** A worker in a share group. */
    public WorkerSettings(String name, Set<String> stages, int slots, Batching batching) {
        this(name, stages, slots, batching, QueueProtocol.SHARE, Duration.ZERO);
    }

    /** A worker in a share group whose calls are of one task each. */
    public WorkerSettings(String name, Set<String> stages, int slots) {
        this(name, stages, slots, Batching.SINGLE);
    }

    /** Tasks that it has under way at most. */
    int takes() {
        return slots * batching.maximum();
    }

    /** The same on another queue. */
    public WorkerSettings on(QueueProtocol other) {
        return new WorkerSettings(name, stages, slots, batching, other, drain);
    }

    /** The same with another time to finish what it has begun. */
    public WorkerSettings draining(Duration time) {
        return new WorkerSettings(name, stages, slots, batching, queue, time);
    }

    /**
     * A number of slots, as somebody wrote it.
     *
     * @throws IllegalArgumentException if it is none from 1 to {@link #MAX_SLOTS}
     */
    public static int slots(String said) {
        if (!said.matches("[1-9][0-9]{0,2}") || Integer.parseInt(said) > MAX_SLOTS) {
            throw refused("'" + said + "'");
        }
        return Integer.parseInt(said);
    }

    private static IllegalArgumentException refused(String found) {
        return new IllegalArgumentException(SLOTS_PROPERTY + " must be from 1 to " + MAX_SLOTS + ", found " + found);
    }

    /** The share group of the workers of a stage: a task goes to one of them. */
    public static String shareGroup(String stage) {
        return "longtake-workers-" + stage;
    }

    /** The consumer group of the workers of a stage, under another name: a group has one type, as long as it is there. */
    public static String consumerGroup(String stage) {
        return "longtake-consumers-" + stage;
    }

    /** What the clients of this worker are called that take tasks of a stage. */
    String clientId(String stage) {
        return name + "-" + stage;
    }

    /** The worker whose client that is; as it is if it is none of a stage's. */
    public static String workerOf(String clientId, String stage) {
        String suffix = "-" + stage;
        return clientId.endsWith(suffix) ? clientId.substring(0, clientId.length() - suffix.length()) : clientId;
    }

    /** The share group of all workers until November 2026, over the tasks of all stages. */
    public static final String GROUP_OF_ALL_STAGES = "longtake-workers";
}
