package io.longtake.stage;

import static io.longtake.diffusion.RelativeError.assertGolden;

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
        SafeTensors golden = SafeTensors.golden("keyframes_rollout");
        KeyframesStage stage = new KeyframesStage(model);
        Tensor first = stage.sample(
                keyframes(0), FrameContext.none(8, 8, 8, 16), golden.get("noise0"), StepNoise.NONE, Cancellation.NEVER);
        assertGolden(first, Batch.single(golden.get("latents0")));
        FrameContext context = FrameContext.first(first.slice(1, 6, 8), 8);
        assertGolden(context.condition(), Batch.single(golden.get("c_s1")));
        Tensor second = stage.sample(keyframes(1), context, golden.get("noise1"), StepNoise.NONE, Cancellation.NEVER);
        assertGolden(second, Batch.single(golden.get("latents1")));
    }

    @Test
    void interpolation_fills_windows_as_in_training() {
        SafeTensors golden = SafeTensors.golden("interpolate_window");
        Tensor keys = Batch.single(golden.get("keys"));
        Tensor latents = new InterpolateStage(model)
                .sample(
                        input(StageName.INTERPOLATE, 0),
                        new InterpolationWindows(4).of(keys, 2),
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

    private static StageInput keyframes(int segment) {
        return input(StageName.KEYFRAMES, segment);
    }

    private static StageInput input(StageName stage, int segment) {
        return new StageInput(stage, segment, 0, "a drive at night in heavy traffic", "", 2, 12, Map.of());
    }
}
