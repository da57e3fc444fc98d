package io.longtake.director;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The tasks that are out, and since when. The broker delivers a task five times; if its worker dies every time, or it outlives its
 * topic's retention, nobody gets it again. So a task is overdue where
 *
 * <ul>
 *   <li>the queue has gone past it: a task of its stage that was sent {@link #PATIENCE} later is done; or
 *   <li>the queue stands still: since it was sent, and since a task of its stage was done, PATIENCE has passed; twice that
 *       the second time it was sent, and so on, for perhaps the worker is slow, or is yet to come.
 * </ul>
 *
 * <p>A task that merely waits its turn is not overdue, however long the queue: sending it again would make the queue longer.
 *
 * <p>All tasks of a topic's partition belong to videos of one director, so it sees all of a queue. Kept in memory, for it follows
 * from the videos' states: after a restart every open task has its whole time again.
 */
final class Deadlines {

    static final Duration PATIENCE = Duration.ofMinutes(15);

    private record Sent(long at, int attempts) {}

    private final Map<String, Map<TaskName, Sent>> open = new HashMap<>();
    /** When the latest task that is done was sent, by stage. */
    private final Map<String, Long> passed = new TreeMap<>();
    /** When a task was done last, by stage. */
    private final Map<String, Long> moved = new TreeMap<>();

    /** Takes note of a video's new state: of the tasks that are out now, and those that are done. */
    void follow(String videoId, VideoState state, long now) {
        Map<TaskName, Sent> before = open.getOrDefault(videoId, Map.of());
        open.remove(videoId);
        if (!(state instanceof Running running)) {
            return;
        }
        Map<TaskName, Sent> after = new LinkedHashMap<>();
        running.segments().values().forEach(segment -> segment.steps().forEach((stage, step) -> {
            TaskName task = new TaskName(videoId, stage, segment.number());
            Sent sent = before.get(task);
            if (!step.done()) {
                after.put(
                        task,
                        sent != null && sent.attempts() == step.attempts() ? sent : new Sent(now, step.attempts()));
            } else if (sent != null) {
                passed.merge(stage, sent.at(), Math::max);
                moved.put(stage, now);
            }
        }));
        if (!after.isEmpty()) {
            open.put(videoId, after);
        }
    }

    /** Forgets a video that is no more. */
    void forget(String videoId) {
        open.remove(videoId);
    }

    List<TaskName> overdue(long now) {
        return open.values().stream()
                .flatMap(tasks -> tasks.entrySet().stream())
                .filter(task -> isOverdue(task.getKey().stage(), task.getValue(), now))
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isOverdue(String stage, Sent sent, long now) {
        long patience = PATIENCE.toMillis();
        long still = Math.max(sent.at(), moved.getOrDefault(stage, sent.at()));
        return passed.getOrDefault(stage, sent.at()) - sent.at() >= patience
                || now - still >= patience << (sent.attempts() - 1);
    }
}
