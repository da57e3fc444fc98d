package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Scene;
import io.longtake.model.Device;
import io.longtake.model.KeyframesSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.VideoPlan;
import io.longtake.model.tensorrt.NeedsGpu;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped models on a real GPU, in half precision. Opening a graph there has its golden input answered within bounds. */
@NeedsGpu
class VideoOnGpuIT {

    /** Decibels: what differs by less looks the same. */
    private static final double THE_SAME = 35;

    private static final int SECONDS = 2;

    @ParameterizedTest
    @ValueSource(strings = {"drive", "drive-full"})
    void a_video_looks_as_it_does_on_the_processor(String name) {
        StoredModel stored = ModelRepository.standard().find(name);

        byte[] video = video(stored, "TensorRT");

        assertThat(psnr(video, video(stored, "OnnxRuntime"))).isGreaterThanOrEqualTo(THE_SAME);
    }

    @Test
    void a_segment_does_not_depend_on_what_shares_its_call() {
        StoredModel stored = ModelRepository.standard().find("drive");
        try (LoadedModel model =
                LoadedModel.open(stored, Device.of("TensorRT"), new WorkerSizes(stored.manifest(), 4))) {
            Stages stages = Stages.open(model, Set.of("keyframes"));
            StageInput asked = keyframes(stored.manifest(), 7);
            List<StageInput> batch = List.of(keyframes(stored.manifest(), 1), asked, keyframes(stored.manifest(), 2));

            Object alone = stages.run(new StageBatch(List.of(asked), 4), Cancellation.NEVER)
                    .get(0);

            assertThat(stages.run(new StageBatch(batch, 4), Cancellation.NEVER).get(1))
                    .isEqualTo(alone);
        }
    }

    private static byte[] video(StoredModel stored, String engine) {
        ModelManifest manifest = stored.manifest();
        try (LoadedModel model = LoadedModel.open(stored, Device.of(engine), new WorkerSizes(manifest, 1))) {
            Scene scene = scene(manifest, "a drive at night in heavy traffic", 7);
            BareLoop loop = new BareLoop(
                    Stages.open(model), manifest.pipeline(), VideoPlan.of(manifest, SECONDS), segment -> scene);
            ByteArrayOutputStream video = new ByteArrayOutputStream();
            loop.forEachRemaining(frames -> video.writeBytes(frames.rgb()));
            return video.toByteArray();
        }
    }

    private static StageInput keyframes(ModelManifest manifest, long seed) {
        return new StageInput("keyframes", 0, scene(manifest, "a drive", seed), Map.of());
    }

    private static Scene scene(ModelManifest manifest, String prompt, long seed) {
        KeyframesSpec keyframes = manifest.stages().keyframes();
        return new Scene(prompt, "", seed, keyframes.guidance(), keyframes.steps());
    }

    private static double psnr(byte[] a, byte[] b) {
        assertThat(a).hasSameSizeAs(b);
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (a[i] & 0xff) - (b[i] & 0xff);
            squares += difference * difference;
        }
        return squares == 0 ? Double.POSITIVE_INFINITY : 10 * Math.log10(255.0 * 255.0 * a.length / squares);
    }
}
