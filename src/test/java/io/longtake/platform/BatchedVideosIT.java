package io.longtake.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.Order;
import io.longtake.event.PromptEvent;
import io.longtake.event.RecordDecoder;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.model.ToyModel;
import io.longtake.model.VideoPlan;
import io.longtake.stage.BareLoop;
import io.longtake.stage.Cancellation;
import io.longtake.stage.Stage;
import io.longtake.stage.StageBatch;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageOutputs;
import io.longtake.stage.Stages;
import io.longtake.worker.Batching;
import io.longtake.worker.Models;
import io.longtake.worker.OpenModels;
import io.longtake.worker.Worker;
import io.longtake.worker.WorkerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two videos at once through one worker that takes three tasks at a time: each is what it would be alone. */
class BatchedVideosIT {

    private static final int SIZE = 3;
    private static final ModelRepository MODELS = new ModelRepository(List.of(ToyModel.ROOT));
    private static final Set<String> ALL = ToyModel.STAGES;

    @TempDir
    private Path data;

    private final AtomicInteger max = new AtomicInteger();

    @Test
    void videos_that_share_their_calls_are_byte_for_byte_what_they_are_alone() {
        PromptEvent one = video("a road by day", 3);
        PromptEvent other = video("a road by night", 4);
        WorkerSettings settings = new WorkerSettings("batched", ALL, 2, new Batching(SIZE, Duration.ofMillis(300)));
        try (Platform platform = Platform.embedded(new DataDirectory(data), 0, MODELS, Set.of(), "OnnxRuntime");
                Worker worker = Worker.start(
                        settings, platform.kafka(), watched(), new SimpleMeterRegistry(), RecordDecoder.ours());
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            client.send(new Prompt(one));
            client.send(new Prompt(other));

            assertThat(ReceivedVideo.receive(client, one).bytes()).isEqualTo(alone(one));
            assertThat(ReceivedVideo.receive(client, other).bytes()).isEqualTo(alone(other));
        }
        assertThat(max).as("tasks of a call").hasValueGreaterThan(1);
    }

    private static PromptEvent video(String text, long seed) {
        return ReceivedVideo.prompt(text, 3, seed)
                .setModel("toy")
                .setCodec("raw")
                .build();
    }

    /** The bare loop, every call as large as the worker's. */
    private static byte[] alone(PromptEvent event) {
        ByteArrayOutputStream video = new ByteArrayOutputStream();
        try (LoadedModel model = LoadedModel.open(MODELS.find("toy"), "OnnxRuntime")) {
            Stages stages = Stages.open(model);
            Stage padded = (input, cancellation) -> stages.run(new StageBatch(List.of(input), SIZE), cancellation)
                    .get(0);
            VideoPlan plan = VideoPlan.of(model.manifest(), event.getSeconds());
            Order order = new Order(event, model.manifest(), model.digest(), plan);
            new BareLoop(padded, model.manifest().pipeline(), plan, order::sceneAt)
                    .forEachRemaining(frames -> video.writeBytes(frames.rgb()));
        }
        return video.toByteArray();
    }

    /** The worker's models, and how many tasks they are asked for at once. */
    private Models watched() {
        OpenModels models = new OpenModels(MODELS, "OnnxRuntime", ALL, "toy", SIZE, true);
        return new Models() {
            @Override
            public Ready open(String name, String digest) {
                Ready ready = models.open(name, digest);
                return new Ready(watched(ready.stages()), ready.frameRate());
            }

            @Override
            public void warmUp() {
                models.warmUp();
            }

            @Override
            public void close() {
                models.close();
            }
        };
    }

    private Stage watched(Stage stages) {
        return new Stage() {
            @Override
            public StageOutputs run(StageInput input, Cancellation cancellation) {
                return stages.run(input, cancellation);
            }

            @Override
            public Object callKey(StageInput input) {
                return stages.callKey(input);
            }

            @Override
            public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
                max.accumulateAndGet(batch.inputs().size(), Math::max);
                return stages.run(batch, cancellation);
            }
        };
    }
}
