package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.client.LongtakeClient;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.event.QueueSetting;
import io.longtake.event.Replication;
import io.longtake.event.TaskPartitions;
import io.longtake.event.TopicsAdmin;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.worker.WorkerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However many do the work, in whatever way it comes to them, and however their code is compiled. */
class SameBytesIT {

    private static final ModelRepository MODELS = new ModelRepository(List.of(ToyModel.ROOT));
    private static final PlatformSettings SETTINGS =
            PlatformSettings.of(MODELS, "OnnxRuntime").firstModel("toy");

    @TempDir
    private static Path data;

    /** Topics are made for one kind of queue. */
    private static final Map<QueueSetting, KRaftNode> NODES = new EnumMap<>(QueueSetting.class);

    @BeforeAll
    static void start() throws Exception {
        for (QueueSetting queue : List.of(QueueSetting.SHARE, QueueSetting.GROUP)) {
            KRaftNode node = KRaftNode.start(data.resolve(queue.toString()), 0);
            NODES.put(queue, node);
            TaskPartitions tasks = queue == QueueSetting.SHARE ? TaskPartitions.ONE : new TaskPartitions(8);
            new TopicsAdmin(ToyModel.STAGES, 3, tasks, Replication.of(1), Duration.ofSeconds(30))
                    .ensure(KafkaConnection.to(node.bootstrapServers()));
        }
    }

    @AfterAll
    static void stop() {
        NODES.values().forEach(KRaftNode::close);
    }

    @ParameterizedTest
    @CsvSource({"SHARE, 1, 1, 1", "SHARE, 1, 4, 3", "SHARE, 3, 1, 3", "GROUP, 1, 1, 1", "GROUP, 3, 4, 3"})
    void a_video_is_the_same(QueueSetting queue, int directors, int workers, int slots) throws Exception {
        KafkaConnection kafka = KafkaConnection.to(NODES.get(queue).bootstrapServers());
        PlatformSettings settings = SETTINGS.queue(queue);
        List<Platform> platforms = new ArrayList<>();
        try (LongtakeClient client = LongtakeClient.create(kafka)) {
            for (int i = 0; i < directors; i++) {
                platforms.add(Platform.joined(kafka, directory("director", platforms), settings.stages(Set.of())));
            }
            for (int i = 0; i < workers; i++) {
                WorkerSettings worker = new WorkerSettings("worker-" + i, ToyModel.STAGES, slots);
                platforms.add(Platform.worker(kafka, directory("worker", platforms), settings, worker));
            }

            assertIsTheSame(client);
        } finally {
            platforms.forEach(Platform::close);
        }
    }

    @Test
    void a_video_is_the_same_if_nothing_is_compiled() throws Exception {
        KafkaConnection kafka = KafkaConnection.to(NODES.get(QueueSetting.SHARE).bootstrapServers());
        ChildProcess worker = null;
        try (Platform platform = Platform.joined(
                        kafka,
                        new DataDirectory(data.resolve("beside-interpreted")),
                        SETTINGS.queue(QueueSetting.SHARE).stages(Set.of()));
                LongtakeClient client = LongtakeClient.create(kafka)) {
            worker = ChildProcess.interpretedWorker(data, "interpreted", kafka, "toy");

            assertIsTheSame(client);
        } finally {
            ChildProcess.killAll(worker);
        }
    }

    private static DataDirectory directory(String role, List<Platform> before) {
        return new DataDirectory(data.resolve(role + "-" + before.size()));
    }

    private static void assertIsTheSame(LongtakeClient client) {
        PromptEvent order = ReceivedVideo.prompt("a drive at night", 3, 11)
                .setModel("toy")
                .setCodec("raw")
                .build();
        assertThat(ReceivedVideo.order(client, order).bytes()).isEqualTo(WholeVideoIT.bare(MODELS, order));
    }
}
