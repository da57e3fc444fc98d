package io.longtake.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.model.InterpolateSpec;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.StoredModel;
import io.longtake.model.ToyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engine is told to compile is what a worker calls: another size would be refused in the middle of a video. */
class WorkerSizesTest {

    @Test
    void calls_are_of_the_batch_and_of_its_halves() {
        assertThat(entries(ToyModel.stored(), "decode", "latent", 5)).containsExactly(5, 2, 1);
    }

    @Test
    void guidance_doubles_what_keyframes_are_called_with() {
        assertThat(entries(ToyModel.stored(), "keyframes", "sample", 2)).contains(2, 4, 1);
    }

    @Test
    void the_second_pass_of_interpolation_has_a_window_for_every_latent_of_the_first() {
        ModelManifest paced = ToyModel.paced().manifest();
        int windows = paced.segment().keyframes() - paced.segment().context();
        assertThat(entries(ToyModel.paced(), "interpolate", "sample", 1))
                .containsExactly(
                        windows,
                        windows
                                * paced.stages()
                                        .spec("interpolate", InterpolateSpec.class)
                                        .factor());
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyframes", "interpolate", "decode", "upsample"})
    void a_stage_is_compiled_by_running_it_as_a_worker_does(String stage, @TempDir Path folder) throws IOException {
        StoredModel stored = ToyModel.copy(folder, manifest -> {});
        String graph = stage + ".onnx";

        try (LoadedModel whole = ToyModel.open();
                LoadedModel damaged = LoadedModel.open(stored, "OnnxRuntime")) {
            Files.delete(stored.folder().resolve(graph));
            assertThatCode(() -> new Compilation(whole, 2).stage(stage)).doesNotThrowAnyException();
            assertThatThrownBy(() -> new Compilation(damaged, 2).stage(stage)).hasStackTraceContaining(graph);
        }
    }

    @Test
    void a_call_without_a_segment_is_refused() {
        assertThatThrownBy(() -> new WorkerSizes(ToyModel.stored().manifest(), 0))
                .hasMessage("segments of a call must be at least 1, found 0");
    }

    /** Entries of the calls that a stage's graph is compiled for: the first axis of an input, a profile each. */
    private static List<Integer> entries(StoredModel stored, String stage, String input, int segments) {
        Object profiles = new WorkerSizes(stored.manifest(), segments)
                .of(stored.manifest().stages().graph(stage))
                .get("profile." + input);
        return Arrays.stream(profiles.toString().split(";"))
                .map(sizes -> Integer.parseInt(sizes.substring(0, sizes.indexOf('x'))))
                .toList();
    }
}
