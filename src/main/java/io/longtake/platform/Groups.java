package io.longtake.platform;

import io.longtake.director.TaskOwners;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.worker.WorkerSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * What Kafka knows of those who play our roles: director and stitcher are Streams groups, the workers of a stage a share group; on a
 * Kafka without such groups both are consumer groups. It forgets a member that was killed only when its session is over: after 6 s the
 * embedded Kafka, after 45 s others by default.
 *
 * @param stages whose workers are looked for
 */
record Groups(Admin admin, GroupProtocols protocols, Set<String> stages) implements AutoCloseable {

    /** What Kafka Streams calls its assignor in a consumer group: nobody else there is a member of an application. */
    private static final String STREAMS_ASSIGNOR = "stream";

    /** A Streams group, or a consumer group of Kafka Streams. */
    private record Application(int members, GroupState state) {

        static Application of(StreamsGroupDescription group) {
            return new Application(group.members().size(), group.groupState());
        }

        static Application of(ConsumerGroupDescription group) {
            boolean streams = group.partitionAssignor().equals(STREAMS_ASSIGNOR);
            return new Application(streams ? group.members().size() : 0, group.groupState());
        }
    }

    static Groups of(KafkaConnection kafka, GroupProtocols protocols, Set<String> stages) {
        Admin admin = Admin.create(kafka.with(
                Map.of("client.id", "longtake-groups", "request.timeout.ms", 5_000, "default.api.timeout.ms", 10_000)));
        return new Groups(admin, protocols, stages);
    }

    /** Whether there is a Streams group of that name, with members or without. */
    boolean isStreamsGroup(String application) {
        return streamsGroup(application).isPresent();
    }

    /** Whether an application has members, killed ones that are not forgotten yet included. */
    boolean hasMembers(String application) {
        return describe(application).filter(found -> found.members() > 0).isPresent();
    }

    /**
     * Whether every member of an application has confirmed what it is to do. When somebody joins, all are asked for that again,
     * so it tells members that are alive from those that were killed.
     */
    boolean isStable(String application) {
        return describe(application)
                .filter(found -> found.state() == GroupState.STABLE)
                .isPresent();
    }

    /**
     * Who takes the tasks of each stage, killed ones that are not forgotten yet included.
     *
     * @param owners of the partitions, if the queue is of consumer groups
     */
    Map<String, Set<String>> takers(TaskOwners owners) {
        Map<String, Set<String>> takers = new TreeMap<>();
        if (protocols.queue().isConsumerGroup()) {
            stages.forEach(stage -> takers.put(
                    stage,
                    Set.copyOf(owners.byStage().getOrDefault(stage, Map.of()).values())));
            return takers;
        }
        Map<String, KafkaFuture<ShareGroupDescription>> answers = admin.describeShareGroups(
                        stages.stream().map(WorkerSettings::shareGroup).toList())
                .describedGroups();
        for (String stage : stages) {
            takers.put(
                    stage,
                    ask(answers.get(WorkerSettings.shareGroup(stage))).stream()
                            .flatMap(group -> group.members().stream())
                            .filter(member ->
                                    !member.assignment().topicPartitions().isEmpty())
                            .map(member -> WorkerSettings.workerOf(member.clientId(), stage))
                            .collect(Collectors.toSet()));
        }
        return takers;
    }

    /** Which worker has which partitions of tasks. Nobody has a share group's. */
    TaskOwners owners() {
        if (!protocols.queue().isConsumerGroup()) {
            return TaskOwners.UNKNOWN;
        }
        Map<String, Map<Integer, String>> owners = new HashMap<>();
        Map<String, KafkaFuture<ConsumerGroupDescription>> answers = describeConsumerGroups(
                stages.stream().map(WorkerSettings::consumerGroup).toList());
        for (String stage : stages) {
            Map<Integer, String> workers = new HashMap<>();
            ask(answers.get(WorkerSettings.consumerGroup(stage)))
                    .ifPresent(group -> group.members().forEach(member -> member.assignment().topicPartitions().stream()
                            .filter(partition -> partition
                                    .topic()
                                    .equals(Topic.ofTasks(stage).topicName()))
                            .forEach(partition -> workers.put(
                                    partition.partition(), WorkerSettings.workerOf(member.clientId(), stage)))));
            if (!workers.isEmpty()) {
                owners.put(stage, workers);
            }
        }
        return new TaskOwners(owners);
    }

    private Map<String, KafkaFuture<ConsumerGroupDescription>> describeConsumerGroups(Collection<String> groups) {
        return admin.describeConsumerGroups(groups).describedGroups();
    }

    /** A Streams group, or a consumer group that goes on as long as one of its members was started without. */
    private Optional<Application> describe(String application) {
        Optional<Application> streams =
                protocols.streamsGroups() ? streamsGroup(application).map(Application::of) : Optional.empty();
        return streams.or(() -> ask(describeConsumerGroups(Set.of(application)).get(application))
                .map(Application::of));
    }

    private Optional<StreamsGroupDescription> streamsGroup(String application) {
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
