package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four stages as four processes of their own, which meet in Kafka alone. */
class SeparateProcessesIT {

    @TempDir
    private Path data;

    @Test
    void four_processes_of_one_stage_each_make_the_video_that_one_loop_makes() throws Exception {
        PromptEvent event =
                ReceivedVideo.prompt("a drive in rain", 2, 5).setCodec("raw").build();
        List<ChildProcess> workers = new ArrayList<>();
        try (Platform platform = Platform.embedded(
                        new DataDirectory(data), 0, ModelRepository.standard(), Set.of(), "OnnxRuntime");
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            for (String stage : ToyModel.STAGES) {
                workers.add(ChildProcess.worker(data, stage, platform.kafka(), Set.of(stage)));
            }

            ReceivedVideo video = ReceivedVideo.order(client, event);

            assertThat(video.bytes()).isEqualTo(WholeVideoIT.bare(event));
            assertThat(workers).allMatch(ChildProcess::alive);
        } finally {
            ChildProcess.killAll(workers.toArray(ChildProcess[]::new));
        }
    }
}
