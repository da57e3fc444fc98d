package io.longtake.platform;

import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.worker.WorkerSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Configures the workers' share groups on the broker, one a stage. A group must start at the earliest task, and see committed ones
 * only. It goes on where the one group of all stages ended, which workers had until November 2026: the tasks before that are done.
 */
record WorkerGroups(Admin admin, Collection<String> stages) {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerGroups.class);

    private static final Map<String, String> NEEDED =
            Map.of("share.auto.offset.reset", "earliest", "share.isolation.level", "read_committed");

    /** What a broker may do by itself already, if nobody has set it otherwise. Kafka 4.2 does not know all of it. */
    private static final Map<String, String> EXPLICIT = Map.of(
            "share.record.lock.duration.ms", "30000",
            "share.delivery.count.limit", "5",
            "share.renew.acknowledge.enable", "true");

    static void ensure(KafkaConnection kafka, Collection<String> stages) {
        try (Admin admin = Admin.create(kafka.with(Map.of("client.id", "longtake-worker-groups")))) {
            WorkerGroups groups = new WorkerGroups(admin, stages);
            groups.goOnWhereOneGroupEnded();
            groups.configure();
        }
    }

    private void configure() {
        set(NEEDED).forEach((group, answer) -> {
            try {
                KafkaAnswer.of(answer);
            } catch (KafkaException e) {
                throw new KafkaException("cannot configure the share group " + group + ": " + e.getMessage(), e);
            }
        });
        set(EXPLICIT).forEach((group, answer) -> {
            try {
                KafkaAnswer.of(answer);
            } catch (InvalidConfigurationException e) {
                LOG.info("the share group {} is left as the broker has it: {}", group, e.getMessage());
            }
        });
    }

    private Map<String, KafkaFuture<Void>> set(Map<String, String> settings) {
        List<AlterConfigOp> operations = settings.entrySet().stream()
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        Map<ConfigResource, Collection<AlterConfigOp>> all = new LinkedHashMap<>();
        for (String stage : stages) {
            all.put(new ConfigResource(ConfigResource.Type.GROUP, WorkerSettings.shareGroup(stage)), operations);
        }
        Map<String, KafkaFuture<Void>> answers = new LinkedHashMap<>();
        admin.incrementalAlterConfigs(all).values().forEach((resource, answer) -> answers.put(resource.name(), answer));
        return answers;
    }

    private void goOnWhereOneGroupEnded() {
        Map<TopicPartition, Long> before = offsets(WorkerSettings.GROUP_OF_ALL_STAGES);
        for (String stage : stages) {
            Map<TopicPartition, Long> ended = new HashMap<>(before);
            ended.keySet()
                    .removeIf(partition ->
                            !partition.topic().equals(Topic.ofTasks(stage).topicName()));
            String group = WorkerSettings.shareGroup(stage);
            if (!ended.isEmpty() && offsets(group).isEmpty()) {
                try {
                    KafkaAnswer.of(admin.alterShareGroupOffsets(group, ended).all());
                    LOG.info("workers of {} go on at {}", stage, ended);
                } catch (GroupNotEmptyException e) {
                    // another process was quicker, and workers have begun
                }
            }
        }
    }

    private Map<TopicPartition, Long> offsets(String group) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        try {
            KafkaAnswer.of(admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                            .partitionsToOffsetInfo(group))
                    .forEach((partition, found) -> offsets.put(partition, found.startOffset()));
        } catch (GroupIdNotFoundException e) {
            // nobody was ever in it
        }
        return offsets;
    }
}
