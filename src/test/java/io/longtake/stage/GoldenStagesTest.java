package io.longtake.stage;

import static io.longtake.diffusion.RelativeError.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.diffusion.FrameContext;
import io.longtake.diffusion.InterpolationWindows;
import io.longtake.diffusion.SafeTensors;
import io.longtake.diffusion.StepNoise;
import io.longtake.event.Scene;
import io.longtake.model.InterpolateSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** On the host, as ONNX Runtime's videos are made, and by the graphs that a GPU's are made with. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keyframes_roll_out_as_in_training(boolean onDevice) {
        rollOut(model, onDevice, SafeTensors.golden("keyframes_rollout"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keyframes_of_the_undistilled_model_roll_out_as_in_training(boolean onDevice) {
        try (LoadedModel full = LoadedModel.open(ModelRepository.standard().find("drive-full"), "OnnxRuntime")) {
            rollOut(full, onDevice, SafeTensors.golden("keyframes_full_rollout"));
        }
    }

    /** Two segments, the second from the end of the first. */
    private static void rollOut(LoadedModel model, boolean onDevice, SafeTensors golden) {
        assertThat(model.manifest().stages().keyframes().sampler()).isEqualTo(golden.note("sampler"));
        KeyframesStage stage = new KeyframesStage(model, "keyframes", onDevice);
        int[] shape = Batch.single(golden.get("noise0")).shape();
        FrameContext none = FrameContext.none(shape[0], shape[1], shape[2], shape[3]);
        Tensor first = keyframes(stage, 0, none, golden);
        assertGolden(first, Batch.single(golden.get("latents0")));
        FrameContext context = FrameContext.first(first.slice(1, 6, 8), 8);
        assertGolden(context.condition(), Batch.single(golden.get("c_s1")));
        assertGolden(keyframes(stage, 1, context, golden), Batch.single(golden.get("latents1")));
    }

    private static Tensor keyframes(KeyframesStage stage, int segment, FrameContext context, SafeTensors golden) {
        Tensor noise = Batch.single(golden.get("noise" + segment));
        KeyframesStage.KeyframesEntry entry = new KeyframesStage.KeyframesEntry(
                request(segment, golden), new ContextPrediction.Predicted(context, noise));
        return stage.sample(List.of(entry), StepNoise.NONE, Cancellation.NEVER).get(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void interpolation_fills_windows_as_in_training(boolean onDevice) {
        SafeTensors golden = SafeTensors.golden("interpolate_window");
        InterpolateStage.InterpolateEntry entry = new InterpolateStage.InterpolateEntry(
                new StageInput("interpolate", 0, new Scene("", "", 0L, 1.0, 1), Map.of()),
                new InterpolationWindows(4).of(Batch.single(golden.get("keys"))),
                golden.get("noise"));
        int pass = model.manifest()
                        .stages()
                        .spec("interpolate", InterpolateSpec.class)
                        .passes()
                - 1;
        List<Tensor> latents = new InterpolateStage(model, "interpolate", onDevice)
                .sample(List.of(entry), pass, StepNoise.NONE, Cancellation.NEVER);
        assertGolden(latents.get(0), Batch.single(golden.get("latents")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void upsampling_enlarges_as_in_training(boolean onDevice) {
        SafeTensors golden = SafeTensors.golden("upsample_window");
        UpsampleStage.UpsampleEntry entry = new UpsampleStage.UpsampleEntry(
                Batch.single(golden.get("low")),
                Batch.single(golden.get("low_noise")),
                Batch.single(golden.get("noise")));
        List<Tensor> frames = new UpsampleStage(model, "upsample", onDevice)
                .sample(List.of(entry), StepNoise.NONE, Cancellation.NEVER);
        assertGolden(frames.get(0), Batch.single(golden.get("frames")));
    }

    /** As the training code's rollout was asked for. */
    private static StageInput request(int segment, SafeTensors golden) {
        double guidance = Double.parseDouble(golden.note("guidance"));
        int steps = Integer.parseInt(golden.note("steps"));
        return new StageInput(
                "keyframes", segment, new Scene(golden.note("prompt"), "", 0L, guidance, steps), Map.of());
    }
}
