package io.longtake.platform;

import static io.longtake.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.EmbeddedBroker;
import io.longtake.broker.KRaftNode;
import io.longtake.director.DirectorTopology;
import io.longtake.event.KafkaAnswer;
import io.longtake.event.KafkaConnection;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.stitch.StitchTopology;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopicsInAdvanceIT {

    private static final List<String> TOPICS = Stream.of(
                    List.of("__share_group_state"), DirectorTopology.changelogs(), StitchTopology.changelogs())
            .flatMap(List::stream)
            .toList();

    @TempDir
    private Path data;

    @Test
    void they_are_as_kafka_and_kafka_streams_make_them() {
        PlatformSettings settings = PlatformSettings.of(new ModelRepository(List.of(ToyModel.ROOT)), "OnnxRuntime")
                .firstModel("toy");
        try (KRaftNode ours = KRaftNode.start(data.resolve("ours"), 0);
                KRaftNode theirs = KRaftNode.start(data.resolve("theirs"), 0);
                Admin advance = admin(ours);
                Admin later = admin(theirs);
                Platform needs = Platform.joined(
                        KafkaConnection.to(theirs.bootstrapServers()),
                        new DataDirectory(data.resolve("needs")),
                        settings)) {
            TopicsInAdvance.make(KafkaConnection.to(ours.bootstrapServers()), 1, EmbeddedBroker.STATE_PARTITIONS);

            until("those that " + needs.describe() + " needs", () -> KafkaAnswer.of(
                            later.listTopics(new ListTopicsOptions().listInternal(true))
                                    .names())
                    .containsAll(Set.copyOf(TOPICS)));
            for (String topic : TOPICS) {
                assertThat(described(advance, topic)).as(topic).isEqualTo(described(later, topic));
            }
        }
    }

    private static Admin admin(KRaftNode node) {
        return Admin.create(KafkaConnection.to(node.bootstrapServers()).with(Map.of()));
    }

    /** What was said when it was made, and its partitions. */
    private static Map<String, String> described(Admin admin, String topic) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> said = new TreeMap<>();
        KafkaAnswer.of(admin.describeConfigs(Set.of(resource)).all()).get(resource).entries().stream()
                .filter(entry -> entry.source() == ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG)
                .forEach(entry -> said.put(entry.name(), entry.value()));
        said.put(
                "partitions",
                Integer.toString(KafkaAnswer.of(admin.describeTopics(Set.of(topic))
                                .topicNameValues()
                                .get(topic))
                        .partitions()
                        .size()));
        return said;
    }
}
