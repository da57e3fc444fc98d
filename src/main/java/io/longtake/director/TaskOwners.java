package io.longtake.director;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which worker takes the tasks of which partition, at one moment and as far as is known.
 *
 * @param byStage workers by partition, of each stage
 */
public record TaskOwners(Map<String, Map<Integer, String>> byStage) {

    /** Nothing is known yet, or it is no matter: in a share group every worker takes every task. */
    public static final TaskOwners UNKNOWN = new TaskOwners(Map.of());

    public TaskOwners {
        byStage = byStage.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, stage -> Map.copyOf(stage.getValue())));
    }

    Map<Integer, String> of(String stage) {
        return byStage.getOrDefault(stage, Map.of());
    }
}
