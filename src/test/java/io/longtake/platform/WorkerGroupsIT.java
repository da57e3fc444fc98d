package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Replication;
import io.longtake.event.Topic;
import io.longtake.event.TopicsAdmin;
import io.longtake.worker.WorkerSettings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedBroker.class)
class WorkerGroupsIT {

    private static final String STAGE = "sketch";
    private static final Set<String> STAGES = Set.of(STAGE, "ink");

    @Test
    void workers_of_a_stage_go_on_where_the_one_group_of_all_stages_ended(KafkaConnection kafka) throws Exception {
        new TopicsAdmin(STAGES, SharedBroker.PARTITIONS, Replication.of(1), Duration.ofSeconds(30)).ensure(kafka);
        TopicPartition tasks = new TopicPartition(Topic.ofTasks(STAGE).topicName(), 0);
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            admin.alterShareGroupOffsets(WorkerSettings.GROUP_OF_ALL_STAGES, Map.of(tasks, 7L))
                    .all()
                    .get();

            WorkerGroups.ensure(kafka, STAGES);

            assertThat(start(admin, STAGE)).containsExactly(Map.entry(tasks, 7L));
            assertThat(start(admin, "ink")).isEmpty();
            assertThat(setting(admin, "share.auto.offset.reset")).isEqualTo("earliest");
            assertThat(setting(admin, "share.isolation.level")).isEqualTo("read_committed");
            assertThat(setting(admin, "share.record.lock.duration.ms")).isEqualTo("30000");

            admin.alterShareGroupOffsets(WorkerSettings.shareGroup(STAGE), Map.of(tasks, 9L))
                    .all()
                    .get();
            WorkerGroups.ensure(kafka, STAGES);

            assertThat(start(admin, STAGE)).containsExactly(Map.entry(tasks, 9L));
        }
    }

    private static Map<TopicPartition, Long> start(Admin admin, String stage) throws Exception {
        String group = WorkerSettings.shareGroup(stage);
        return admin
                .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                .partitionsToOffsetInfo(group)
                .get()
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, found -> found.getValue().startOffset()));
    }

    private static String setting(Admin admin, String name) throws Exception {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, WorkerSettings.shareGroup(STAGE));
        return admin.describeConfigs(Set.of(group))
                .all()
                .get()
                .get(group)
                .get(name)
                .value();
    }
}
