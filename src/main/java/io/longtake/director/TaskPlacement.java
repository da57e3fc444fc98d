package io.longtake.director;

import io.longtake.event.Outgoing;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.Wire;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.processor.StreamPartitioner;

/**
 * Puts each task into the partition where it will be done soonest. In a consumer group a partition's tasks are for the worker that has
 * the partition, so the worker is chosen that has the least to do over all stages, this task included, and of its partitions the one
 * with the fewest tasks. If nobody knows who has which, the partition with the fewest tasks is chosen. Of one partition there is no
 * choice.
 *
 * <p>Kept in memory, and only of what this director has sent: a restart, or another director, makes the choice worse for a while, and
 * never wrong, for a task is done in whichever partition it lies.
 */
final class TaskPlacement implements StreamPartitioner<String, Outgoing> {

    private record Placed(int director, int partition) {}

    /** What a worker has to do, and the longest task of it, in milliseconds. */
    private record Load(double sum, double longest) {

        static final Load NONE = new Load(0, 0);

        Load plus(double time) {
            return new Load(sum + time, Math.max(longest, time));
        }

        /** It has been at one of them for some time. */
        double after(double elapsed) {
            return sum - Math.min(Math.max(0, elapsed), longest);
        }
    }

    private final Supplier<TaskOwners> owners;
    private final LongSupplier clock;
    private final TaskTimes times = new TaskTimes();
    /** Tasks that are out, by video. */
    private final Map<String, Map<TaskName, Placed>> open = new HashMap<>();
    /** When a worker ended its latest task, or got one while it had none. */
    private final Map<String, Long> since = new HashMap<>();
    /** Which of equals is taken: each in its turn. */
    private int turn;

    private int director;

    /**
     * @param owners as of a moment ago
     * @param clock in milliseconds
     */
    TaskPlacement(Supplier<TaskOwners> owners, LongSupplier clock) {
        this.owners = owners;
        this.clock = clock;
    }

    /**
     * Takes note of what a video's tasks have come to, before its next ones are sent.
     *
     * @param partition of the director that follows the video
     * @param state empty: the video cannot go on
     */
    synchronized void follow(int partition, String videoId, Optional<VideoState> state) {
        director = partition;
        Map<TaskName, Placed> placed = open.getOrDefault(videoId, Map.of());
        if (state.isPresent() && state.get() instanceof Running running) {
            placed.keySet().removeIf(task -> {
                Segment segment = running.segments().get(task.segment());
                return segment == null || !segment.open(task.stage());
            });
        } else {
            open.remove(videoId);
        }
    }

    /** Takes note of how long a task took that is still out. */
    synchronized void took(StageResult result) {
        TaskName task = new TaskName(result.getVideoId(), result.getStage(), result.getSegment());
        if (open.getOrDefault(result.getVideoId(), Map.of()).containsKey(task) && result.getComputeMillis() > 0) {
            times.took(result.getStage(), result.getWorker(), result.getComputeMillis());
            since.put(result.getWorker(), clock.getAsLong());
            Set<String> workers = owners.get().byStage().values().stream()
                    .flatMap(partitions -> partitions.values().stream())
                    .collect(Collectors.toSet());
            times.retain(workers);
            since.keySet().retainAll(workers);
        }
    }

    /** The videos of a partition are another director's now. */
    synchronized void leave(int partition) {
        open.values().removeIf(tasks -> tasks.values().stream().anyMatch(placed -> placed.director() == partition));
    }

    @Override
    public synchronized Optional<Set<Integer>> partitions(String topic, String videoId, Outgoing record, int number) {
        if (number == 1) {
            return Optional.of(Set.of(0));
        }
        StageTask task = Wire.decode(record.value(), StageTask.class);
        Map<TaskName, Placed> tasks = open.computeIfAbsent(videoId, none -> new HashMap<>());
        TaskName key = new TaskName(videoId, task.getStage(), task.getSegment());
        tasks.remove(key); // if it is sent again, it lies where nobody does it
        String stage = Topic.stageOf(topic).orElseThrow();
        int chosen = choose(stage, number);
        tasks.put(key, new Placed(director, chosen));
        return Optional.of(Set.of(chosen));
    }

    private int choose(String stage, int number) {
        TaskOwners now = owners.get();
        Map<String, List<Integer>> partitions = new TreeMap<>();
        now.of(stage).forEach((partition, worker) -> {
            if (partition < number) {
                partitions.computeIfAbsent(worker, none -> new ArrayList<>()).add(partition);
            }
        });
        turn++;
        if (partitions.isEmpty()) {
            return fewestTasks(stage, IntStream.range(0, number).boxed().toList());
        }
        Map<String, Load> loads = loads(now);
        long at = clock.getAsLong();
        String soonest = least(
                List.copyOf(partitions.keySet()),
                worker -> loads.getOrDefault(worker, Load.NONE).after(at - since.getOrDefault(worker, at))
                        + times.of(stage, worker));
        if (!loads.containsKey(soonest)) {
            since.put(soonest, at);
        }
        return fewestTasks(stage, partitions.get(soonest));
    }

    private Map<String, Load> loads(TaskOwners now) {
        Map<String, Load> loads = new HashMap<>();
        open.values()
                .forEach(tasks -> tasks.forEach((task, placed) -> {
                    String worker = now.of(task.stage()).get(placed.partition());
                    if (worker != null) {
                        double time = times.of(task.stage(), worker);
                        loads.merge(worker, Load.NONE.plus(time), (load, one) -> load.plus(time));
                    }
                }));
        return loads;
    }

    private int fewestTasks(String stage, List<Integer> partitions) {
        Map<Integer, Integer> tasks = new HashMap<>();
        open.values()
                .forEach(of -> of.forEach((task, placed) -> {
                    if (task.stage().equals(stage)) {
                        tasks.merge(placed.partition(), 1, Integer::sum);
                    }
                }));
        return least(List.copyOf(new TreeSet<>(partitions)), partition -> tasks.getOrDefault(partition, 0));
    }

    private <T> T least(List<T> all, ToDoubleFunction<T> measure) {
        T least = null;
        double smallest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < all.size(); i++) {
            T one = all.get((i + turn) % all.size());
            double size = measure.applyAsDouble(one);
            if (least == null || size < smallest) {
                least = one;
                smallest = size;
            }
        }
        return least;
    }
}
