package io.longtake.model;

import static io.longtake.diffusion.RelativeError.assertGolden;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.diffusion.SafeTensors;
import io.longtake.tensor.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shipped model's graphs beside the networks that they were exported from. */
class GoldenGraphsTest {

    private static LoadedModel model;

    @BeforeAll
    static void open() {
        model = LoadedModel.open(ModelRepository.standard().find("drive"), "OnnxRuntime");
    }

    @AfterAll
    static void close() {
        model.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyframes", "interpolate", "decode", "upsample"})
    void give_what_the_network_gave(String stage) {
        compare(model.graph(stage), SafeTensors.golden(stage));
    }

    @Test
    void give_what_the_undistilled_network_gave() {
        try (LoadedModel full = LoadedModel.open(ModelRepository.standard().find("drive-full"), "OnnxRuntime")) {
            compare(full.graph("keyframes"), SafeTensors.golden("keyframes_full"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drive", "drive-full"})
    void in_half_precision_stay_within_the_bounds_of_their_manifest(String name) {
        StoredModel stored = ModelRepository.standard().find(name);
        try (LoadedModel half =
                LoadedModel.open(stored, Device.of("OnnxRuntime", Precision.HALF), EngineOptions.NONE)) {
            for (String stage : stored.manifest().pipeline().names()) {
                assertThat(half.graph(stage).spec().file()).isEqualTo(stage + ".half.onnx");
            }
            assertThat(half.text().embed("a road by night").shape()).containsExactly(1, 24, 128);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"keyframes", "interpolate", "decode", "upsample"})
    void agree_with_the_golden_files_beside_them(String stage) {
        Graph graph = model.graph(stage);
        StoredModel stored = ModelRepository.standard().find("drive");
        TensorFile golden =
                TensorFile.read(stored.folder().resolve(graph.spec().golden().file()));
        new GoldenRun(graph, golden).check();
        compare(graph, new SafeTensors(golden.tensors(), golden.metadata()));
    }

    private static void compare(Graph graph, SafeTensors golden) {
        Map<String, Tensor> inputs = new HashMap<>(golden.tensors());
        inputs.keySet().retainAll(graph.spec().inputs().keySet());
        graph.run(inputs).forEach((name, output) -> assertGolden(output, golden.get(name)));
    }

    @Test
    void understand_prompts_as_the_network_did() {
        SafeTensors golden = SafeTensors.golden("text_encoder");
        String[] prompts = {"a drive at night in heavy traffic", ""};
        for (int i = 0; i < prompts.length; i++) {
            Tensor tokens = golden.get("tokens").slice(0, i, i + 1);
            assertThat(model.text().tokens(prompts[i])).hasSameSizeAs(tokens.data());
            for (int t = 0; t < tokens.data().length; t++) {
                assertThat(model.text().tokens(prompts[i])[t]).isEqualTo((long) tokens.data()[t]);
            }
            assertGolden(model.text().embed(prompts[i]), golden.get("embedding").slice(0, i, i + 1));
        }
    }
}
