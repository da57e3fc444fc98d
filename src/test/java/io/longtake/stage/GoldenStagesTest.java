package io.longtake.stage;

import static io.longtake.diffusion.RelativeError.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.InterpolationWindows;
import io.longtake.diffusion.SafeTensors;
import io.longtake.diffusion.StepNoise;
import io.longtake.event.StageName;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stages' whole loops over the shipped model, from explicit noise, beside those of the training code. */
class GoldenStagesTest {

    private static LoadedModel model;

    @BeforeAll
    static void open() {
        model = LoadedModel.open(ModelRepository.standard().find("drive"), "OnnxRuntime");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @Test
    void keyframes_roll_out_as_in_training() {
        rollOut(model, SafeTensors.golden("keyframes_rollout"));
    }

    @Test
    void keyframes_of_the_undistilled_model_roll_out_as_in_training() {
        try (LoadedModel full = LoadedModel.open(ModelRepository.standard().find("drive-full"), "OnnxRuntime")) {
            rollOut(full, SafeTensors.golden("keyframes_full_rollout"));
        }
    }

    /** Two segments, the second from the end of the first. */
    private static void rollOut(LoadedModel model, SafeTensors golden) {
        assertThat(model.manifest().stages().keyframes().sampler()).isEqualTo(golden.note("sampler"));
        KeyframesStage stage = new KeyframesStage(model);
        int[] shape = Batch.single(golden.get("noise0")).shape();
        Tensor first = stage.sample(
                keyframes(0, golden),
                FrameContext.none(shape[0], shape[1], shape[2], shape[3]),
                golden.get("noise0"),
                StepNoise.NONE,
                Cancellation.NEVER);
        assertGolden(first, Batch.single(golden.get("latents0")));
        FrameContext context = FrameContext.first(first.slice(1, 6, 8), 8);
        assertGolden(context.condition(), Batch.single(golden.get("c_s1")));
        Tensor second =
                stage.sample(keyframes(1, golden), context, golden.get("noise1"), StepNoise.NONE, Cancellation.NEVER);
        assertGolden(second, Batch.single(golden.get("latents1")));
    }

    @Test
    void interpolation_fills_windows_as_in_training() {
        SafeTensors golden = SafeTensors.golden("interpolate_window");
        Tensor keys = Batch.single(golden.get("keys"));
        Tensor latents = new InterpolateStage(model)
                .sample(
                        new StageInput(StageName.INTERPOLATE, 0, 0, "", "", 1, 1, Map.of()),
                        model.manifest().stages().interpolate().passes() - 1,
                        new InterpolationWindows(4).of(keys),
                        golden.get("noise"),
                        StepNoise.NONE,
                        Cancellation.NEVER);
        assertGolden(latents, Batch.single(golden.get("latents")));
    }

    @Test
    void upsampling_enlarges_as_in_training() {
        SafeTensors golden = SafeTensors.golden("upsample_window");
        Tensor frames = new UpsampleStage(model)
                .sample(
                        Batch.single(golden.get("low")),
                        Batch.single(golden.get("low_noise")),
                        Batch.single(golden.get("noise")),
                        StepNoise.NONE,
                        Cancellation.NEVER);
        assertGolden(frames, Batch.single(golden.get("frames")));
    }

    /** As the training code's rollout was asked for. */
    private static StageInput keyframes(int segment, SafeTensors golden) {
        double guidance = Double.parseDouble(golden.note("guidance"));
        int steps = Integer.parseInt(golden.note("steps"));
        return new StageInput(StageName.KEYFRAMES, segment, 0, golden.note("prompt"), "", guidance, steps, Map.of());
    }
}
