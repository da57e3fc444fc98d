package io.longtake.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.broker.KRaftNode;
import io.longtake.broker.SharedBroker;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class TopicsAdminIT {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final KafkaConnection kafka;

    TopicsAdminIT(KafkaConnection kafka) {
        this.kafka = kafka;
    }

    @Test
    void every_topic_is_there_and_asking_again_changes_nothing() throws Exception {
        new TopicsAdmin(ToyModel.STAGES, SharedBroker.PARTITIONS, Replication.of(1), DEADLINE).ensure(kafka);

        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            assertThat(admin.listTopics().names().get())
                    .containsAll(Topic.all(ToyModel.STAGES).stream()
                            .map(Topic::topicName)
                            .toList());
        }
    }

    @Test
    void another_partition_count_is_refused_with_the_topic_named() {
        assertThatThrownBy(
                        () -> new TopicsAdmin(ToyModel.STAGES, SharedBroker.PARTITIONS + 1, Replication.of(1), DEADLINE)
                                .ensure(kafka))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("topic longtake.")
                .hasMessageContaining("expected 4 partitions")
                .hasMessageContaining("found 3");
    }

    @Test
    void topics_of_tasks_for_the_other_kind_of_queue_are_refused_with_the_way_out(@TempDir Path folder) {
        Set<String> shared = Set.of("sketch");
        Set<String> divided = Set.of("ink");
        try (KRaftNode node = KRaftNode.start(folder, 0)) {
            KafkaConnection both = KafkaConnection.to(node.bootstrapServers());
            topics(shared, TaskPartitions.ONE).ensure(both);
            topics(divided, new TaskPartitions(4)).ensure(both);

            assertThatThrownBy(() -> topics(divided, TaskPartitions.ONE).ensure(both))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("topic longtake.tasks.ink: expected 1 partition")
                    .hasMessageContaining("found 4: it was made for consumer groups")
                    .hasMessageContaining("-Dlongtake.queue=group, or delete the topics of tasks");
            assertThatThrownBy(() -> topics(shared, new TaskPartitions(4)).ensure(both))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("topic longtake.tasks.sketch: expected several partitions")
                    .hasMessageContaining("found 1: it was made for share groups")
                    .hasMessageContaining(
                            "-Dlongtake.queue=share if this Kafka has them, or delete the topics of tasks");
            topics(divided, new TaskPartitions(32)).ensure(both); // whoever made it has chosen
        }
    }

    private static TopicsAdmin topics(Set<String> stages, TaskPartitions tasks) {
        return new TopicsAdmin(stages, 1, tasks, Replication.of(1), DEADLINE);
    }

    @Test
    void no_partition_is_too_few() {
        assertThatThrownBy(() -> new TopicsAdmin(ToyModel.STAGES, 0, Replication.of(1), DEADLINE))
                .hasMessageContaining("at least 1 partition, got 0");
    }

    @Test
    void topics_that_would_take_no_record_are_refused_with_the_way_out(@TempDir Path folder) {
        try (KRaftNode node = KRaftNode.start(folder, 0, Map.of("min.insync.replicas", "2"))) {
            KafkaConnection demanding = KafkaConnection.to(node.bootstrapServers());
            TopicsAdmin topics = new TopicsAdmin(Set.of("sketch"), 1, Replication.OF_KAFKA, DEADLINE);

            assertThatThrownBy(() -> topics.ensure(demanding))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("longtake.prompts has 1 of 2")
                    .hasMessageContaining("longtake.tasks.sketch has 1 of 2")
                    .hasMessageContaining("-Dlongtake.topics.replication");
        }
    }
}
