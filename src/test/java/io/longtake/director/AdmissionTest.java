package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelManifest;
import io.longtake.model.ToyModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

    @TempDir
    Path root;

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 2, Double.NaN})
    void a_distilled_model_takes_no_guidance_but_its_own(double guidance) {
        assertThat(check(guidance, distilled()))
                .singleElement()
                .asString()
                .startsWith("guidance ")
                .endsWith(" must be 1: this model runs without guidance");
    }

    @Test
    void a_distilled_model_takes_guidance_of_one() {
        assertThat(check(1, distilled())).isEmpty();
    }

    @Test
    void guidance_below_one_is_refused_for_every_model() {
        assertThat(check(0.5, ToyModel.stored().manifest()))
                .singleElement()
                .asString()
                .isEqualTo("guidance 0.5 is outside 1 .. 10");
    }

    private ModelManifest distilled() {
        return ToyModel.copy(root, manifest -> {
                    ((ObjectNode) manifest.at("/limits")).put("guidance", 1);
                    ((ObjectNode) manifest.at("/stages/keyframes")).put("guidance", 1);
                })
                .manifest();
    }

    private static List<Admission.Violation> check(double guidance, ModelManifest model) {
        PromptEvent event = DirectorDriver.prompt(1)
                .setScenes(DirectorDriver.scenes(scene -> scene.setGuidance(guidance)))
                .build();
        return Admission.check(event, model);
    }
}
