package io.longtake.model.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.util.Progress;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorRtModelTest {

    @TempDir
    Path directory;

    private FakeMachine machine;

    @BeforeEach
    void machine() {
        machine = new FakeMachine(directory);
    }

    @Test
    void a_graph_is_compiled_at_its_first_load_and_kept_beside_the_model() {
        machine.model(Map.of("profile.x", "1x2/2x2/8x2")).close();
        machine.model(Map.of("profile.x", "1x2/2x2/8x2", "cudaGraphs", "true")).close();

        assertThat(machine.tensorRt.builds).hasSize(1);
        assertThat(directory.resolve("plans")).isDirectoryContaining("glob:**/net-*.plan");
    }

    @Test
    void other_options_of_the_build_or_another_gpu_are_another_plan() {
        machine.model(Map.of()).close();
        machine.model(Map.of("optLevel", 5)).close();
        machine.cuda.gpu = new Gpu(0, "NVIDIA L4", 8, 9, 24L << 30);
        machine.model(Map.of()).close();

        assertThat(machine.tensorRt.builds).hasSize(3);
        assertThat(machine.tensorRt.builds)
                .extracting(order -> order.timings().getFileName().toString())
                .containsExactly(
                        "Fake_GPU-sm90-10.6.0.timings",
                        "Fake_GPU-sm90-10.6.0.timings",
                        "NVIDIA_L4-sm89-10.6.0.timings");
    }

    @Test
    void the_plan_goes_where_the_option_says(@TempDir Path elsewhere) {
        machine.model(Map.of("planCache", elsewhere.toString())).close();

        assertThat(elsewhere).isDirectoryContaining("glob:**/net-*.plan");
        assertThat(directory.resolve("plans")).doesNotExist();
    }

    @Test
    void names_of_replaceable_weights_are_looked_up_in_the_graph() throws IOException {
        Files.write(directory.resolve("net.onnx"), OnnxBytes.model("down.0.weight", "down.0.bias", "up.weight"));
        machine.model(Map.of("refit", "down.*, up.weight")).close();

        assertThat(machine.tensorRt.builds.get(0).refittable())
                .containsExactly("down.0.weight", "down.0.bias", "up.weight");
        assertThatThrownBy(() -> machine.model(Map.of("refit", "left.*"))).hasMessageContaining("[left.*]");
    }

    @Test
    void a_build_shows_its_progress() {
        List<String> shown = new ArrayList<>();
        machine.model(Map.of("progress", new Recorded(shown))).close();

        assertThat(shown).containsExactly("Compiling net.onnx of 2", "start 0", "1 one", "2 net.onnx", "end");
    }

    @Test
    void the_same_file_is_found_with_and_without_its_extension() throws IOException {
        Files.write(directory.resolve("net.onnx"), OnnxBytes.model("w"));
        for (String prefix : List.of("net", "net.onnx")) {
            try (TensorRtModel model = machine.engine.newModel("any", null)) {
                model.load(directory, prefix, Map.of());
                assertThat(model.describeInput().keys()).containsExactly("x");
                assertThat(model.describeOutput().keys()).containsExactly("y");
            }
        }
        assertThatThrownBy(() -> machine.engine.newModel("other", null).load(directory))
                .isInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("other(.onnx|.plan)");
    }

    @Test
    void a_plan_of_another_gpu_is_refused_with_the_remedy() throws IOException {
        Files.writeString(directory.resolve("net.plan"), "compiled elsewhere");
        machine.tensorRt.refusal = new EngineException("TensorRT: loading failed: incompatible device");

        assertThatThrownBy(() -> machine.engine.newModel("net", null).load(directory))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("net.plan was not compiled for this GPU and TensorRT (Fake GPU")
                .hasMessageContaining("10.6.0")
                .hasMessageContaining("give the .onnx file")
                .hasMessageContaining("incompatible device");
    }

    @Test
    void a_plan_takes_no_options_of_a_build() throws IOException {
        Files.writeString(directory.resolve("net.plan"), "compiled elsewhere");

        assertThatThrownBy(() -> machine.engine.newModel("net", null).load(directory, "net", Map.of("optLevel", 1)))
                .hasMessageContaining("net.plan is compiled already");
    }

    @Test
    void a_gpu_without_kernels_is_refused() {
        machine.cuda.gpu = new Gpu(0, "Tesla V100", 7, 0, 16L << 30);

        assertThatThrownBy(() -> machine.engine.newModel("net", Device.gpu(0)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("GPU 0 is too old: Tesla V100 (compute capability 7.0")
                .hasMessageContaining("7.5");
    }

    @Test
    void the_engine_says_what_it_runs_on() {
        assertThat(machine.engine)
                .hasToString("TensorRT 10.6.0 on Fake GPU (compute capability 9.0, 81920 MiB) and 1 more");
    }

    private record Recorded(List<String> shown) implements Progress {

        @Override
        public void reset(String message, long max, String trailing) {
            shown.add(message + " of " + max);
        }

        @Override
        public void start(long initial) {
            shown.add("start " + initial);
        }

        @Override
        public void end() {
            shown.add("end");
        }

        @Override
        public void increment(long increment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void update(long progress, String message) {
            shown.add(progress + " " + message);
        }
    }
}
