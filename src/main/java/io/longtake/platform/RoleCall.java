package io.longtake.platform;

import io.longtake.director.DirectorTopology;
import io.longtake.director.TaskOwners;
import io.longtake.director.Workers;
import io.longtake.stitch.StitchTopology;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who is at work on a Kafka at one moment.
 *
 * @param applications those of director and stitcher that have members
 * @param stable those of them whose members are all known to be alive
 * @param takers names of the workers that take the tasks of a stage, for each stage that was looked for
 * @param owners of the partitions of tasks
 */
record RoleCall(Set<String> applications, Set<String> stable, Map<String, Set<String>> takers, TaskOwners owners) {

    private static final List<String> ALL = List.of(DirectorTopology.APPLICATION_ID, StitchTopology.APPLICATION_ID);

    static RoleCall of(Groups groups) {
        TaskOwners owners = groups.owners();
        return new RoleCall(those(groups::hasMembers), those(groups::isStable), groups.takers(owners), owners);
    }

    /** Those that some worker takes. */
    Set<String> stages() {
        return takers.entrySet().stream()
                .filter(stage -> !stage.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    Workers workers() {
        int all = (int) takers.values().stream().flatMap(Set::stream).distinct().count();
        return new Workers(
                all,
                takers.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, stage -> stage.getValue()
                        .size())),
                owners);
    }

    private static Set<String> those(Predicate<String> condition) {
        return ALL.stream().filter(condition).collect(Collectors.toSet());
    }
}
