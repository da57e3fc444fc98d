package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.diffusion.Noise;
import io.longtake.event.Scene;
import io.longtake.model.InputRole;
import io.longtake.model.InputSource;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tasks in one call: a result is the same to the last bit, whoever is with it and wherever it stands. */
class StageBatchTest {

    private static final int SIZE = 4;

    @ParameterizedTest
    @ValueSource(strings = {"keyframes", "interpolate", "decode", "upsample"})
    void a_shared_call_changes_no_bit_of_any_stage(String stage) {
        try (LoadedModel model = ToyModel.open()) {
            Stages stages = Stages.open(model);
            assertSameInAnyCompany(stages, tasks(model, stage, 2));
        }
    }

    @Test
    void a_shared_call_changes_no_bit_over_several_passes_of_interpolation() {
        try (LoadedModel model = LoadedModel.open(ToyModel.paced(), "OnnxRuntime")) {
            assertSameInAnyCompany(new InterpolateStage(model, "interpolate"), tasks(model, "interpolate", 1));
        }
    }

    /** A real network: its matrices are divided over threads, and where an entry lies in them must not matter. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_shared_call_changes_no_bit_of_the_shipped_models_keyframes(boolean onDevice) {
        StoredModel drive = ModelRepository.standard().find("drive");
        try (LoadedModel model = LoadedModel.open(drive, "OnnxRuntime")) {
            assertSameInAnyCompany(new KeyframesStage(model, "keyframes", onDevice), tasks(model, "keyframes", 1));
        }
    }

    @Test
    void a_shared_call_changes_no_bit_of_segments_that_grow_out_of_others() {
        try (LoadedModel model = LoadedModel.open(ToyModel.reuse(), "OnnxRuntime")) {
            KeyframesStage stage = new KeyframesStage(model, "keyframes");
            List<StageInput> tasks = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                Map<InputRole, Content> inputs =
                        i == 0 ? Map.of() : Map.of(InputRole.STATE, stirred(Tensor.zeros(4, 4, 6, 2, 4), i));
                tasks.add(new StageInput("keyframes", i, new Scene("road by night", "", 40L + i, 2.0 + i, 4), inputs));
            }
            List<StageOutputs> alone = tasks.stream()
                    .map(task -> stage.run(new StageBatch(List.of(task), SIZE), Cancellation.NEVER)
                            .get(0))
                    .toList();
            assertThat(alone)
                    .allMatch(made -> made.byName().keySet().equals(Set.of(InputSource.OUT, InputSource.STATE)));
            assertThat(stage.run(new StageBatch(tasks, SIZE), Cancellation.NEVER))
                    .isEqualTo(alone);
            assertThat(stage.run(batch(tasks.get(3), tasks.get(0)), Cancellation.NEVER))
                    .containsExactly(alone.get(3), alone.get(0));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyframes", "interpolate", "decode", "upsample"})
    void a_batch_of_one_is_what_a_stage_makes_of_a_task_alone(String name) {
        try (LoadedModel model = ToyModel.open()) {
            Stages stages = Stages.open(model);
            for (StageInput task : tasks(model, name, 2)) {
                assertThat(stages.run(StageBatch.of(task), Cancellation.NEVER))
                        .containsExactly(stages.run(task, Cancellation.NEVER));
            }
        }
    }

    @Test
    void keyframes_of_unlike_guidance_or_steps_do_not_share_a_call() {
        try (LoadedModel model = ToyModel.open()) {
            KeyframesStage stage = new KeyframesStage(model, "keyframes");
            StageInput plain = keyframes(1, 4);
            assertThatThrownBy(() -> stage.run(batch(plain, keyframes(2, 4)), Cancellation.NEVER))
                    .hasMessageStartingWith("samples of one batch need guidance of the same conditions");
            assertThatThrownBy(() -> stage.run(batch(plain, keyframes(1, 5)), Cancellation.NEVER))
                    .hasMessage("a batch of keyframes takes the same steps, found [4, 5]");
        }
    }

    @Test
    void a_batch_holds_one_stage_and_no_more_than_its_size() {
        StageInput task = keyframes(1, 4);
        assertThatThrownBy(() -> new StageBatch(List.of(task, task), 1))
                .hasMessage("a batch of size 1 holds from 1 to 1 inputs, found 2");
        assertThatThrownBy(() -> new StageBatch(List.of(), 4))
                .hasMessage("a batch of size 4 holds from 1 to 4 inputs, found 0");
        StageInput other = new StageInput("decode", 0, new Scene("", "", 1L, 1.0, 4), Map.of());
        assertThatThrownBy(() -> batch(task, other)).hasMessage("a batch is of one stage, found [keyframes, decode]");
    }

    private static void assertSameInAnyCompany(Stage stage, List<StageInput> tasks) {
        List<StageOutputs> alone = tasks.stream()
                .map(task -> stage.run(new StageBatch(List.of(task), SIZE), Cancellation.NEVER)
                        .get(0))
                .toList();
        assertThat(stage.run(new StageBatch(tasks, SIZE), Cancellation.NEVER)).isEqualTo(alone);
        List<StageInput> three = List.of(tasks.get(3), tasks.get(0), tasks.get(2));
        assertThat(stage.run(new StageBatch(three, SIZE), Cancellation.NEVER))
                .containsExactly(alone.get(3), alone.get(0), alone.get(2));
    }

    /** Four tasks of four videos: unlike segments, seeds and prompts, and, where there is some, unlike scales of guidance. */
    private static List<StageInput> tasks(LoadedModel model, String stage, double guidance) {
        List<StageInput> tasks = new ArrayList<>();
        for (int i = 0; i < SIZE; i++) {
            Map<InputRole, Content> inputs =
                    new HashMap<>(new WarmUp(model.manifest()).of(stage).inputs());
            int video = i;
            inputs.replaceAll((role, content) -> stirred(content, video));
            if (i > 0 && stage.equals("keyframes")) {
                inputs.put(InputRole.CONTEXT, keyframes(model, i));
            } else if (i > 0 && !stage.equals("interpolate")) {
                inputs.put(InputRole.HALO, inputs.get(InputRole.SOURCE));
            }
            double scale = guidance == 1 ? 1 : guidance + i;
            tasks.add(new StageInput(stage, i, new Scene("road by night " + i, "", 40L + i, scale, 4), inputs));
        }
        return tasks;
    }

    private static Tensor keyframes(LoadedModel model, int seed) {
        var latent = model.manifest().latent();
        int frames = model.manifest().segment().keyframes();
        return new Noise(seed, 99).frames(latent.channels(), frames, latent.height(), latent.width(), 0, 0, 0);
    }

    private static Content stirred(Content content, int video) {
        if (content instanceof Frames frames) {
            byte[] rgb = new byte[frames.rgb().length];
            IntStream.range(0, rgb.length).forEach(i -> rgb[i] = (byte) (i * (31 + video)));
            return new Frames(frames.count(), frames.height(), frames.width(), rgb);
        }
        Tensor tensor = (Tensor) content;
        float[] numbers = new float[tensor.data().length];
        new Noise(video, 98).fill(numbers, 0, 0, 0);
        return new Tensor(tensor.shape().clone(), numbers);
    }

    private static StageBatch batch(StageInput... inputs) {
        return new StageBatch(List.of(inputs), SIZE);
    }

    private static StageInput keyframes(double guidance, int steps) {
        return new StageInput("keyframes", 0, new Scene("", "", 1L, guidance, steps), Map.of());
    }
}
