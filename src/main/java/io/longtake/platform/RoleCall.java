package io.longtake.platform;

import io.longtake.director.DirectorTopology;
import io.longtake.director.TaskOwners;
import io.longtake.stitch.StitchTopology;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Who is at work on a Kafka at one moment.
 *
 * @param applications those of director and stitcher that have members
 * @param stable those of them whose members are all known to be alive
 * @param stages those that some worker takes
 * @param owners of the partitions of tasks
 */
record RoleCall(Set<String> applications, Set<String> stable, Set<String> stages, TaskOwners owners) {

    private static final List<String> ALL = List.of(DirectorTopology.APPLICATION_ID, StitchTopology.APPLICATION_ID);

    static RoleCall of(Groups groups) {
        TaskOwners owners = groups.owners();
        return new RoleCall(those(groups::hasMembers), those(groups::isStable), groups.takenStages(owners), owners);
    }

    private static Set<String> those(Predicate<String> condition) {
        return ALL.stream().filter(condition).collect(Collectors.toSet());
    }
}
