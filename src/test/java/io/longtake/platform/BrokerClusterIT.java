package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.BrokerCluster;
import io.longtake.broker.GroupAnswer;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.DirectorTopology;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.Replication;
import io.longtake.event.Topic;
import io.longtake.event.TopicsAdmin;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.stitch.StitchTopology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three brokers that keep three copies by default, and three processes of all roles. */
@Tag("alone")
class BrokerClusterIT {

    private static final int PARTITIONS = 6;
    private static final int VIDEOS = 30;
    private static final ModelRepository MODELS = new ModelRepository(List.of(ToyModel.ROOT));

    @TempDir
    private Path data;

    @Test
    void thirty_videos_outlive_a_broker_and_a_process_of_all_roles_byte_for_byte() throws Exception {
        List<PromptEvent> orders =
                IntStream.range(0, VIDEOS).mapToObj(BrokerClusterIT::order).toList();
        List<ChildProcess> processes = new ArrayList<>();
        try (BrokerCluster brokers = BrokerCluster.start(data)) {
            KafkaConnection kafka = brokers.kafka();
            new TopicsAdmin(ToyModel.STAGES, PARTITIONS, Replication.OF_KAFKA, Duration.ofSeconds(30)).ensure(kafka);
            for (String name : List.of("one", "two", "three")) {
                processes.add(ChildProcess.platform(data, name, kafka, "toy"));
            }
            TakenOverIT.until("all direct", () -> GroupAnswer.membersWithTasks(kafka, "longtake-director") == 3);
            TakenOverIT.until("all stitch", () -> GroupAnswer.membersWithTasks(kafka, "longtake-stitcher") == 3);
            try (LongtakeClient client = LongtakeClient.create(kafka)) {
                assertThat(copies(kafka)).containsOnly(3);
                orders.forEach(order -> client.send(new Prompt(order)));
                ReceivedVideo first = ReceivedVideo.receive(client, orders.get(0));

                processes.get(0).kill();
                brokers.kill(2);

                assertThat(first.bytes()).isEqualTo(WholeVideoIT.bare(MODELS, orders.get(0)));
                for (PromptEvent order : orders) {
                    assertThat(ReceivedVideo.receive(client, order).bytes())
                            .isEqualTo(WholeVideoIT.bare(MODELS, order));
                }
            }
        } finally {
            ChildProcess.killAll(processes.toArray(ChildProcess[]::new));
        }
    }

    private static PromptEvent order(int seed) {
        return ReceivedVideo.prompt("a drive", 1, seed)
                .setModel("toy")
                .setCodec("raw")
                .build();
    }

    /** Of the platform's topics, and of those in which Kafka Streams keeps its state. */
    private static List<Integer> copies(KafkaConnection kafka) throws Exception {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            Set<String> topics = new HashSet<>(
                    Topic.all(ToyModel.STAGES).stream().map(Topic::topicName).toList());
            topics.addAll(DirectorTopology.changelogs());
            topics.addAll(StitchTopology.changelogs());
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .map(TopicDescription::partitions)
                    .map(partitions -> partitions.get(0).replicas().size())
                    .toList();
        }
    }
}
