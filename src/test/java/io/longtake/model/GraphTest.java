package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.tensor.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GraphTest {

    @TempDir
    Path root;

    @Test
    void takes_inputs_and_gives_outputs_by_name() {
        try (LoadedModel model = ToyModel.open()) {
            Map<String, Tensor> outputs = model.graph("interpolate").run(inputs(2, 0.5f));
            assertThat(outputs).containsOnlyKeys("out");
            assertThat(outputs.get("out").shape()).containsExactly(2, 4, 3, 2, 4);
            float expected = (float) (0.3 * 0.5 + 0.1 * Math.sin(2.5) + 0.4 * 0.25);
            assertThat(outputs.get("out").data()[7]).isCloseTo(expected, within(1e-6f));
        }
    }

    @Test
    void runs_one_size_after_another_and_the_same_call_twice_alike() {
        try (LoadedModel model = ToyModel.open()) {
            Graph graph = model.graph("interpolate");
            Tensor first = graph.run(inputs(1, 0.5f)).get("out");
            graph.run(inputs(7, -3));
            assertThat(graph.run(inputs(1, 0.5f)).get("out")).isEqualTo(first);
        }
    }

    @Test
    void answers_many_threads_one_at_a_time() {
        try (LoadedModel model = ToyModel.open()) {
            Graph graph = model.graph("interpolate");
            List<Float> answers = IntStream.range(0, 64)
                    .parallel()
                    .mapToObj(i -> graph.run(inputs(1, i)).get("out").data()[0])
                    .toList();
            float rest = (float) (0.1 * Math.sin(2.5) + 0.4 * 0.25);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i)).isCloseTo(0.3f * i + rest, within(1e-5f));
            }
        }
    }

    @Test
    void refuses_an_input_of_another_shape() {
        try (LoadedModel model = ToyModel.open()) {
            Tensor sample = Tensor.zeros(1, 4, 5, 2, 4);
            Map<String, Tensor> inputs =
                    Map.of("sample", sample, "timestep", Tensor.zeros(1, 3), "c_s", Tensor.zeros(1, 5, 3, 2, 4));
            assertThatThrownBy(() -> model.graph("interpolate").run(inputs))
                    .isInstanceOf(GraphException.class)
                    .hasMessage(
                            "interpolate.onnx: expected input sample of shape [B, 4, 3, 2, 4], found [1, 4, 5, 2, 4]");
        }
    }

    @Test
    void refuses_inputs_whose_batches_differ() {
        try (LoadedModel model = ToyModel.open()) {
            Map<String, Tensor> inputs = Map.of(
                    "sample", Tensor.zeros(2, 4, 3, 2, 4),
                    "timestep", Tensor.zeros(1, 3),
                    "c_s", Tensor.zeros(2, 5, 3, 2, 4));
            assertThatThrownBy(() -> model.graph("interpolate").run(inputs))
                    .hasMessage("interpolate.onnx: expected input timestep of shape [B, 3], found [1, 3]");
        }
    }

    @Test
    void refuses_inputs_of_other_names() {
        try (LoadedModel model = ToyModel.open()) {
            assertThatThrownBy(() -> model.graph("decode").run(Map.of("latents", Tensor.zeros(1))))
                    .hasMessage("decode.onnx: expected inputs [latent], found [latents]");
        }
    }

    @Test
    void refuses_a_file_whose_inputs_are_not_the_manifests() {
        StoredModel stored = ToyModel.copy(root, manifest -> {
            ObjectNode inputs = (ObjectNode) manifest.at("/stages/decode/graph/inputs");
            inputs.set("z", inputs.remove("latent"));
        });
        try (LoadedModel model = LoadedModel.open(stored, "OnnxRuntime")) {
            assertThatThrownBy(() -> model.graph("decode"))
                    .isInstanceOf(GraphException.class)
                    .hasMessage("decode.onnx: its manifest expects inputs [z], found [latent]");
        }
    }

    @Test
    void refuses_outputs_that_are_not_the_manifests() {
        StoredModel stored =
                ToyModel.copy(root, manifest -> ((ObjectNode) manifest.at("/stages/interpolate/graph/outputs/out"))
                        .putArray("shape")
                        .add("B")
                        .add(1));
        try (LoadedModel model = LoadedModel.open(stored, "OnnxRuntime")) {
            assertThatThrownBy(() -> model.graph("interpolate").run(inputs(1, 0)))
                    .hasMessage("interpolate.onnx: expected output out of shape [B, 1], found [1, 4, 3, 2, 4]");
        }
    }

    @Test
    void of_a_stage_that_the_model_lacks_is_refused() {
        try (LoadedModel model = ToyModel.open()) {
            assertThatThrownBy(() -> model.graph("dream"))
                    .hasMessage("this model has no stage dream: it has [keyframes, interpolate, decode, upsample]");
        }
    }

    private static Map<String, Tensor> inputs(int batch, float sample) {
        return Map.of(
                "sample", Tensor.filled(sample, batch, 4, 3, 2, 4),
                "timestep", Tensor.filled(250, batch, 3),
                "c_s", Tensor.filled(0.25f, batch, 5, 3, 2, 4));
    }
}
