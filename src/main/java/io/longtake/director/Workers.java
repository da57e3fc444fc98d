package io.longtake.director;

import java.util.Locale;
import java.util.Map;

/**
 * The workers of a platform, as they were seen a moment ago.
 *
 * @param all how many there are
 * @param byStage how many take the tasks of a stage; of a stage that is not in it, nobody knows
 * @param owners of the partitions of tasks
 */
public record Workers(int all, Map<String, Integer> byStage, TaskOwners owners) {

    /** Nobody has looked. */
    public static final Workers UNKNOWN = new Workers(0, Map.of(), TaskOwners.UNKNOWN);

    public Workers {
        byStage = Map.copyOf(byStage);
        if (all < 0 || byStage.values().stream().anyMatch(count -> count < 0)) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "a number of workers must be from 0, found %d and %s", all, byStage));
        }
    }

    boolean knows(String stage) {
        return byStage.containsKey(stage);
    }

    int of(String stage) {
        return byStage.getOrDefault(stage, 0);
    }
}
