package io.longtake.broker;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** What Kafka says of a group. A group is there only once its first member has joined, which comes after the start of that member. */
public final class GroupAnswer {

    private GroupAnswer() {}

    /** Empty if nobody has joined yet. */
    public static <T> Optional<T> of(KafkaFuture<T> description) {
        try {
            return Optional.of(KafkaAnswer.of(description));
        } catch (GroupIdNotFoundException e) {
            return Optional.empty();
        }
    }

    /** How many members of a Streams application have tasks now. */
    public static long membersWithTasks(KafkaConnection kafka, String application) {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            return of(admin.describeStreamsGroups(Set.of(application))
                            .describedGroups()
                            .get(application))
                    .stream()
                    .flatMap(group -> group.members().stream())
                    .filter(member -> !member.assignment().activeTasks().isEmpty())
                    .count();
        }
    }
}
