package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.PromptEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker dies in mid-work; another takes over, and nobody can tell from the video. On consumer groups: {@link AnyKafkaIT}. */
class KilledWorkerIT {

    @TempDir
    private Path data;

    @Test
    void a_worker_that_is_killed_changes_no_byte_of_the_video() throws Exception {
        PromptEvent event =
                ReceivedVideo.prompt("a drive in fog", 3, 9).setCodec("raw").build();
        ChildProcess first = null;
        ChildProcess second = null;
        try (Platform platform = Platform.embedded(
                        new DataDirectory(data), 0, ModelRepository.standard(), Set.of(), "OnnxRuntime");
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            first = ChildProcess.worker(data, "first", platform.kafka(), ToyModel.STAGES);
            client.send(new Prompt(event));
            ReceivedVideo.await(client, event.getVideoId(), VideoEventKind.STAGE_DONE);

            first.kill();
            second = ChildProcess.worker(data, "second", platform.kafka(), ToyModel.STAGES);

            assertThat(ReceivedVideo.receive(client, event).bytes()).isEqualTo(WholeVideoIT.bare(event));
        } finally {
            ChildProcess.killAll(first, second);
        }
    }
}
