package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.PromptEvent;
import io.longtake.event.QueueSetting;
import io.longtake.event.VideoEventKind;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** A worker dies in mid-work; another takes over, and nobody can tell from the video. */
@ParameterizedClass
@EnumSource(names = {"SHARE", "GROUP"})
class KilledWorkerIT {

    private static final PlatformSettings SETTINGS = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");

    @Parameter
    private QueueSetting queue;

    @TempDir
    private Path data;

    @Test
    void a_worker_that_is_killed_changes_no_byte_of_the_video() throws Exception {
        PromptEvent event =
                ReceivedVideo.prompt("a drive in fog", 3, 9).setCodec("raw").build();
        ChildProcess first = null;
        ChildProcess second = null;
        try (Platform platform = Platform.embedded(
                        new DataDirectory(data), 0, SETTINGS.queue(queue).stages(Set.of()));
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            first = ChildProcess.worker(data, "first", platform.kafka(), ToyModel.STAGES, queue);
            client.send(new Prompt(event));
            ReceivedVideo.await(client, event.getVideoId(), VideoEventKind.STAGE_DONE);

            first.kill();
            second = ChildProcess.worker(data, "second", platform.kafka(), ToyModel.STAGES, queue);

            assertThat(ReceivedVideo.receive(client, event).bytes()).isEqualTo(WholeVideoIT.bare(event));
        } finally {
            ChildProcess.killAll(first, second);
        }
    }
}
