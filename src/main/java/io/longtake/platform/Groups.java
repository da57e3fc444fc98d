package io.longtake.platform;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.worker.WorkerSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * What Kafka knows of those who play our roles: director and stitcher are Streams groups, the workers of a stage a share group. It forgets a
 * member that was killed only when its session is over: after 6 s the embedded Kafka, after 45 s others by default.
 *
 * @param stages whose workers are looked for
 */
record Groups(Admin admin, Set<String> stages) implements AutoCloseable {

    static Groups of(KafkaConnection kafka, Set<String> stages) {
        Admin admin = Admin.create(kafka.with(
                Map.of("client.id", "longtake-groups", "request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000)));
        return new Groups(admin, stages);
    }

    /** Whether there is a Streams group of that name, with members or without. */
    boolean isThere(String application) {
        return describe(application).isPresent();
    }

    /** Whether a Streams group has members, killed ones that are not forgotten yet included. */
    boolean hasMembers(String application) {
        return describe(application).filter(found -> !found.members().isEmpty()).isPresent();
    }

    /**
     * Whether every member of a Streams group has confirmed what it is to do. When somebody joins, all are asked for that again,
     * so it tells members that are alive from those that were killed.
     */
    boolean isStable(String application) {
        return describe(application)
                .filter(found -> found.groupState() == GroupState.STABLE)
                .isPresent();
    }

    /** Who takes the tasks of each stage, killed ones that are not forgotten yet included. */
    Map<String, Set<String>> takers() {
        Map<String, Set<String>> takers = new TreeMap<>();
        Map<String, KafkaFuture<ShareGroupDescription>> answers = admin.describeShareGroups(
                        stages.stream().map(WorkerSettings::group).toList())
                .describedGroups();
        for (String stage : stages) {
            takers.put(
                    stage,
                    ask(answers.get(WorkerSettings.group(stage))).stream()
                            .flatMap(group -> group.members().stream())
                            .filter(member ->
                                    !member.assignment().topicPartitions().isEmpty())
                            .map(member -> WorkerSettings.nameOf(member.clientId(), stage))
                            .collect(Collectors.toSet()));
        }
        return takers;
    }

    private Optional<StreamsGroupDescription> describe(String application) {
        return ask(admin.describeStreamsGroups(List.of(application))
                .describedGroups()
                .get(application));
    }

    /** Empty if there is no such group. */
    private static <T> Optional<T> ask(KafkaFuture<T> answer) {
        try {
            return Optional.of(KafkaAnswer.of(answer));
        } catch (GroupIdNotFoundException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
