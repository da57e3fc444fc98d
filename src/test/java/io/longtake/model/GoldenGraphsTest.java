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
