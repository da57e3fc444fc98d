package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import io.longtake.platform.PlatformSettings.Application;
import io.longtake.worker.WorkerSettings;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One role a process, as in a cluster. */
@Timeout(600)
class DividedRolesIT {

    private static final PlatformSettings SETTINGS = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");

    @TempDir
    private Path data;

    private Platform only(KafkaConnection kafka, Application application) {
        return Platform.joined(
                kafka,
                new DataDirectory(data.resolve(application.name())),
                SETTINGS.stages(Set.of()).applications(Set.of(application)));
    }

    @Test
    void a_video_is_made_by_processes_that_play_one_role_each() throws Exception {
        try (KRaftNode node = KRaftNode.start(data.resolve("broker"), 0)) {
            KafkaConnection kafka = KafkaConnection.to(node.bootstrapServers());
            WorkerSettings takes =
                    new WorkerSettings("worker", SETTINGS.models().stages(), 2);
            try (Platform director = only(kafka, Application.DIRECTOR);
                    Platform stitcher = only(kafka, Application.STITCHER);
                    Platform worker =
                            Platform.worker(kafka, new DataDirectory(data.resolve("worker")), SETTINGS, takes);
                    LongtakeClient client = LongtakeClient.create(kafka)) {
                PromptEvent event =
                        ReceivedVideo.prompt("a drive", 1, 3).setCodec("raw").build();
                client.send(new Prompt(event));

                assertThat(ReceivedVideo.receive(client, event).bytes()).isEqualTo(WholeVideoIT.bare(event));
                assertThat(String.join(";", director.describe()))
                        .contains("longtake-director")
                        .doesNotContain("stitcher", "worker");
                assertThat(String.join(";", stitcher.describe()))
                        .contains("longtake-stitcher")
                        .doesNotContain("director", "worker");
                assertThat(worker.idle()).isPresent();
                assertThat(director.idle()).isEmpty();
            }
        }
    }
}
