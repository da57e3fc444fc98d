package io.longtake.platform;

import io.longtake.director.DirectorTopology;
import io.longtake.event.KafkaConnection;
import io.longtake.event.StageName;
import io.longtake.event.Topic;
import io.longtake.stitch.StitchTopology;
import io.longtake.worker.WorkerSettings;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.StreamsGroupDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Who is at work on a Kafka already: whoever comes with a prompt starts only the roles that nobody plays.
 *
 * @param director whether one is there
 * @param stitcher whether one is there
 * @param stages those that some worker takes
 */
record RoleCall(boolean director, boolean stitcher, Set<StageName> stages) {

    static RoleCall none() {
        return new RoleCall(false, false, Set.of());
    }

    static RoleCall of(KafkaConnection kafka) {
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-role-call")))) {
            return new RoleCall(
                    plays(admin, DirectorTopology.APPLICATION_ID),
                    plays(admin, StitchTopology.APPLICATION_ID),
                    takenStages(admin));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private static boolean plays(Admin admin, String group) throws InterruptedException {
        try {
            StreamsGroupDescription found = admin.describeStreamsGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get();
            return !found.members().isEmpty();
        } catch (ExecutionException e) {
            return absent(e);
        }
    }

    private static Set<StageName> takenStages(Admin admin) throws InterruptedException {
        Set<StageName> taken = EnumSet.noneOf(StageName.class);
        try {
            ShareGroupDescription workers = admin.describeShareGroups(List.of(WorkerSettings.GROUP))
                    .describedGroups()
                    .get(WorkerSettings.GROUP)
                    .get();
            for (StageName stage : StageName.values()) {
                String topic = Topic.ofTasks(stage).topicName();
                if (workers.members().stream()
                        .flatMap(member -> member.assignment().topicPartitions().stream())
                        .anyMatch(partition -> partition.topic().equals(topic))) {
                    taken.add(stage);
                }
            }
        } catch (ExecutionException e) {
            absent(e);
        }
        return taken;
    }

    private static boolean absent(ExecutionException e) {
        if (e.getCause() instanceof GroupIdNotFoundException) {
            return false;
        }
        throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
    }
}
