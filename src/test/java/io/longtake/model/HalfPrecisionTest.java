package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.diffusion.RelativeError;
import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The toy model's interpolate graph has a half; it runs on a CPU, where a GPU's refusals can be seen too. */
class HalfPrecisionTest {

    private static final String INTERPOLATE = "/stages/interpolate/graph";
    private static final Device HALF = Device.of("OnnxRuntime", Precision.HALF);
    private static final Device SINGLE = Device.of("OnnxRuntime", Precision.SINGLE);

    @TempDir
    Path root;

    @Test
    void is_taken_where_the_device_prefers_it_and_the_graph_has_it() {
        try (LoadedModel model = LoadedModel.open(ToyModel.stored(), HALF, EngineOptions.NONE)) {
            assertThat(model.graph("interpolate").spec().file()).isEqualTo("interpolate.half.onnx");
            assertThat(model.graph("decode").spec().file()).isEqualTo("decode.onnx");
        }
        try (LoadedModel model = LoadedModel.open(ToyModel.stored(), SINGLE, EngineOptions.NONE)) {
            assertThat(model.graph("interpolate").spec().file()).isEqualTo("interpolate.onnx");
        }
    }

    @Test
    void gives_nearly_what_single_gives() {
        try (LoadedModel half = LoadedModel.open(ToyModel.stored(), HALF, EngineOptions.NONE);
                LoadedModel single = LoadedModel.open(ToyModel.stored(), SINGLE, EngineOptions.NONE)) {
            Tensor expected = single.graph("interpolate").run(inputs()).get("out");
            Tensor found = half.graph("interpolate").run(inputs()).get("out");
            assertThat(RelativeError.of(found.data(), expected.data())).isStrictlyBetween(0.0, 2e-3);
        }
    }

    @Test
    void is_refused_where_its_relative_error_is_above_the_bound() {
        refused(
                m -> bounds(m).put("relativeRms", 1e-6),
                "interpolate\\.half\\.onnx: OnnxRuntime does not compute what the network did: output out of"
                        + " interpolate\\.golden\\.safetensors has a relative RMS error of \\d\\.\\de-0[45], expected at most 1\\.0E-6;"
                        + " try setting longtake\\.precision=single or engine OnnxRuntime; .*");
    }

    @Test
    void is_refused_where_one_number_is_off_by_more_than_the_bound() {
        refused(
                m -> bounds(m).put("maxAbsolute", 1e-6),
                ".* output out of interpolate\\.golden\\.safetensors is off by up to .*, expected at most 1\\.0E-6; .*");
    }

    @Test
    void is_refused_where_its_output_is_not_finite() {
        refused(
                withGolden(ToyModel.copy(root, m -> {}), "sample", Float.NaN),
                ".* output out of interpolate\\.golden\\.safetensors holds NaN, expected finite numbers; .*");
    }

    @Test
    void is_refused_where_the_golden_output_is_of_another_network() {
        StoredModel stored = ToyModel.copy(root, m -> {});
        refused(
                withGolden(stored, "out", -1),
                ".* output out of interpolate\\.golden\\.safetensors has a relative RMS error of .*");
    }

    @Test
    void is_not_asked_for_on_the_reference_in_single_precision() {
        StoredModel stored = withGolden(ToyModel.copy(root, m -> {}), "out", -1);
        try (LoadedModel model = LoadedModel.open(stored, SINGLE, EngineOptions.NONE)) {
            assertThat(model.graph("interpolate").run(inputs())).containsOnlyKeys("out");
        }
    }

    @Test
    void belongs_to_the_model_and_is_verified_with_it() throws IOException {
        StoredModel stored = ToyModel.copy(root, m -> {});
        Files.write(stored.file("interpolate.half.onnx"), new byte[] {1});
        assertThatThrownBy(() -> LoadedModel.open(stored, SINGLE, EngineOptions.NONE))
                .isInstanceOf(ModelFileException.class)
                .hasMessageContaining("interpolate.half.onnx is not the file its manifest names");
    }

    private void refused(Consumer<ObjectNode> edit, String message) {
        refused(ToyModel.copy(root, edit), message);
    }

    private static void refused(StoredModel stored, String message) {
        try (LoadedModel model = LoadedModel.open(stored, HALF, EngineOptions.NONE)) {
            assertThatThrownBy(() -> model.graph("interpolate"))
                    .isInstanceOf(GraphException.class)
                    .hasMessageMatching(message);
        }
    }

    private static ObjectNode bounds(ObjectNode manifest) {
        return (ObjectNode) manifest.at(INTERPOLATE + "/half/bounds");
    }

    /** The model with a golden file whose tensor holds one number throughout. */
    private StoredModel withGolden(StoredModel stored, String tensor, float value) {
        Path path = stored.file("interpolate.golden.safetensors");
        try {
            byte[] bytes = Files.readAllBytes(path);
            ByteBuffer file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            int header = (int) file.getLong(0);
            JsonNode place = new ObjectMapper().readTree(bytes, 8, header).at("/" + tensor + "/data_offsets");
            for (int at = place.get(0).asInt(); at < place.get(1).asInt(); at += Float.BYTES) {
                file.putFloat(8 + header + at, value);
            }
            Files.write(path, bytes);
            return ToyModel.edit(
                    stored, m -> ((ObjectNode) m.at(INTERPOLATE + "/golden")).put("sha256", Sha256.of(bytes)));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Tensor> inputs() {
        return Map.of(
                "sample", Tensor.filled(0.7f, 2, 4, 3, 2, 4),
                "timestep", Tensor.filled(250, 2, 3),
                "c_s", Tensor.filled(0.25f, 2, 5, 3, 2, 4));
    }
}
