package io.longtake.director;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** How long tasks took recently, by stage and by worker. What is not known yet is taken from others. */
final class TaskTimes {

    /** Of the latest task in the mean. */
    private static final double SHARE = 0.2;

    /** Of a task of which nothing is known at all; nothing depends on the number then. */
    private static final double SOME_MILLIS = 1000;

    private static final long MOST_MILLIS = 3_600_000;

    private final Map<String, Double> ofStages = new HashMap<>();
    private final Map<String, Map<String, Double>> ofWorkers = new HashMap<>();

    void took(String stage, String worker, long millis) {
        double time = Math.max(1, Math.min(millis, MOST_MILLIS));
        ofStages.merge(stage, time, TaskTimes::mean);
        ofWorkers.computeIfAbsent(worker, none -> new HashMap<>()).merge(stage, time, TaskTimes::mean);
    }

    private static double mean(double before, double latest) {
        return before + SHARE * (latest - before);
    }

    /** Forgets all workers but some. */
    void retain(Set<String> workers) {
        ofWorkers.keySet().retainAll(workers);
    }

    /** Milliseconds that a task of a stage will take a worker. */
    double of(String stage, String worker) {
        Double known = ofWorkers.getOrDefault(worker, Map.of()).get(stage);
        if (known != null) {
            return known;
        }
        Double others = ofStages.get(stage);
        return others != null
                ? others
                : ofStages.values().stream().mapToDouble(time -> time).average().orElse(SOME_MILLIS);
    }
}
