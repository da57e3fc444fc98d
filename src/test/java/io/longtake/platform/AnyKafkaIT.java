package io.longtake.platform;

import static io.longtake.Waiting.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.broker.GroupAnswer;
import io.longtake.broker.KRaftNode;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.DirectorTopology;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.QueueProtocol;
import io.longtake.event.QueueSetting;
import io.longtake.event.VideoEventKind;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.video.Codec;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a Kafka that has neither share groups nor Streams groups nor consumer groups of the newer kind. */
class AnyKafkaIT {

    private static final PlatformSettings SETTINGS =
            PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime").stages(Set.of());

    @TempDir
    private static Path data;

    private static KRaftNode node;
    private static KafkaConnection kafka;

    @BeforeAll
    static void start() {
        short none = 0;
        node = KRaftNode.start(
                data.resolve("broker"),
                0,
                Map.of(),
                Map.of("share.version", none, "streams.version", none, "group.version", none));
        kafka = KafkaConnection.to(node.bootstrapServers());
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @Test
    void consumer_groups_are_taken_and_share_groups_refused_with_the_way_out() {
        assertThat(GroupProtocols.of(kafka, QueueSetting.AUTO))
                .isEqualTo(new GroupProtocols(QueueProtocol.CLASSIC, false))
                .isEqualTo(GroupProtocols.of(kafka, QueueSetting.GROUP));
        assertThatThrownBy(() -> GroupProtocols.of(kafka, QueueSetting.SHARE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("longtake.queue=share: this Kafka has no share groups")
                .hasMessageContaining("longtake.queue=group");
    }

    @Test
    void a_worker_that_is_killed_changes_no_byte_of_the_video() throws Exception {
        PromptEvent event =
                ReceivedVideo.prompt("a drive in fog", 3, 9).setCodec("raw").build();
        ChildProcess first = null;
        ChildProcess second = null;
        try (Platform platform = Platform.joined(kafka, new DataDirectory(data.resolve("platform")), SETTINGS);
                LongtakeClient client = LongtakeClient.create(kafka)) {
            first = ChildProcess.worker(data, "first", kafka, ToyModel.STAGES);
            client.send(new Prompt(event));
            ReceivedVideo.await(client, event.getVideoId(), VideoEventKind.STAGE_DONE);

            first.kill();
            second = ChildProcess.worker(data, "second", kafka, ToyModel.STAGES);

            assertThat(ReceivedVideo.receive(client, event).bytes()).isEqualTo(WholeVideoIT.bare(event));
            assertThat(DoneWork.on(kafka).of(event.getVideoId()).results()).doesNotHaveDuplicates();
            assertThat(platform.queue()).isEqualTo(QueueProtocol.CLASSIC);
        } finally {
            ChildProcess.killAll(first, second);
        }
    }

    /** Nobody refuses the later one, as a group of Kafka Streams would: as long as the old one is there, its topology may go for both. */
    @Test
    void a_version_with_another_topology_goes_on_when_the_old_one_beside_it_has_left() {
        Prompt prompt = Prompt.of("a drive at night").model("toy").seconds(4).codec(Codec.FFV1);
        Platform.joined(kafka, new DataDirectory(data.resolve("topics")), SETTINGS)
                .close();
        try (LongtakeClient client = LongtakeClient.create(kafka);
                Pod old = Pod.today(kafka, data.resolve("old"))) {
            client.send(prompt);
            ReceivedVideo.await(client, prompt.id(), VideoEventKind.ACCEPTED);
            try (Pod next = Pod.changed(kafka, data.resolve("next"))) {
                until("both to be members", () -> members(DirectorTopology.APPLICATION_ID) == 2);
                assertThat(next.standsBy()).isFalse();

                old.close();
                client.video(prompt.id()).cancel("seen enough");

                ReceivedVideo.await(client, prompt.id(), VideoEventKind.CANCELLED);
                assertThat(next.failures()).isEmpty();
            }
        }
    }

    private static int members(String application) {
        try (Admin admin = Admin.create(kafka.with(Map.of()))) {
            return GroupAnswer.of(admin.describeConsumerGroups(Set.of(application))
                            .describedGroups()
                            .get(application))
                    .map(group -> group.members().size())
                    .orElse(0);
        }
    }
}
