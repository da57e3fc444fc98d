package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PipelineTest {

    @TempDir
    Path root;

    @Test
    void of_a_manifest_that_says_none_is_that_of_the_four_stages() {
        assertThat(ToyModel.stored().manifest().pipeline())
                .isEqualTo(new Pipeline(List.of(
                        new PipelineStage("keyframes", Map.of(InputRole.CONTEXT, out("keyframes"))),
                        new PipelineStage("interpolate", Map.of(InputRole.SOURCE, out("keyframes"))),
                        new PipelineStage(
                                "decode",
                                Map.of(InputRole.SOURCE, out("interpolate"), InputRole.HALO, out("interpolate"))),
                        new PipelineStage(
                                "upsample", Map.of(InputRole.SOURCE, out("decode"), InputRole.HALO, out("decode"))))));
    }

    @Test
    void of_a_model_that_hands_its_trajectory_on_takes_that_as_its_state() {
        Pipeline pipeline = ToyModel.reuse().manifest().pipeline();

        assertThat(pipeline.stage("keyframes").inputs())
                .isEqualTo(Map.of(InputRole.STATE, new InputSource("keyframes", InputSource.STATE)));
        assertThat(pipeline.outputs("keyframes")).containsExactly(InputSource.OUT, InputSource.STATE);
    }

    @Test
    void as_a_manifest_says_it_has_stages_under_names_of_their_own() {
        ModelManifest five = ToyModel.five().manifest();

        assertThat(five.pipeline().names())
                .containsExactly("keyframes", "interpolate", "decode", "upsample", "enlarge");
        assertThat(five.pipeline().last()).isEqualTo("enlarge");
        assertThat(five.output("enlarge")).isEqualTo(new StageOutput.FrameRun(4, 16, 32));
        assertThat(five.turn("upsample")).isZero();
        assertThat(five.turn("enlarge")).isEqualTo(1);
    }

    @Test
    void of_a_stage_that_it_does_not_have_there_are_no_inputs() {
        Pipeline pipeline = ToyModel.stored().manifest().pipeline();

        assertThatThrownBy(() -> pipeline.stage("dream")).hasMessageStartingWith("no stage is named dream");
        assertThat(pipeline.find("dream")).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(m -> stage(m, 4).put("stage", "upsample"), "found twice: upsample"),
                mistake(m -> stage(m, 4).put("stage", "Enlarge"), "stage of the pipeline must match [a-z]"),
                mistake(
                        m -> ((ArrayNode) m.at("/pipeline")).remove(4),
                        "the pipeline must have the stages [keyframes, interpolate, decode, upsample, enlarge]"),
                mistake(
                        m -> inputs(m, 3).put("source", "enlarge"),
                        "pipeline, stage upsample: source must come from one of [decode, interpolate, keyframes], found enlarge"),
                mistake(
                        m -> inputs(m, 3).put("mood", "decode"),
                        "an input's role must be source, context, halo or state"),
                mistake(m -> inputs(m, 3).put("source", "decode.."), "output of stage decode must match"),
                mistake(
                        m -> inputs(m, 3).remove("source"),
                        "pipeline, stage upsample: inputs must be [source], and may be [halo]"),
                mistake(
                        m -> inputs(m, 1).put("halo", "keyframes"),
                        "pipeline, stage interpolate: inputs must be [source], and may be [], found [halo, source]"),
                mistake(
                        m -> inputs(m, 2).put("source", "upsample"),
                        "stage decode: source must come from one of [interpolate, keyframes]"),
                mistake(
                        m -> inputs(m, 4).put("source", "interpolate").remove("halo"),
                        "pipeline: some stage must work on what stage upsample makes, found none"),
                mistake(
                        m -> ((ObjectNode) m.at("/stages/enlarge")).put("kind", "dream"),
                        "stages.enlarge.kind must be one of [keyframes, interpolate, decode, upsample], found dream"),
                mistake(
                        m -> ((ObjectNode) m.at("/stages/enlarge")).remove("kind"),
                        "stages.enlarge.kind must be one of [keyframes, interpolate, decode, upsample], found enlarge"),
                mistake(m -> m.remove("pipeline"), "pipeline is missing: without one, stages may be"),
                mistake(
                        m -> ((ObjectNode) m.at("/stages")).set("again", m.at("/stages/keyframes")),
                        "stages.again.kind must be one of"));
    }

    private static Arguments mistake(Consumer<ObjectNode> edit, String message) {
        return Arguments.of(edit, message);
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void with_a_mistake_is_refused_with_its_place(Consumer<ObjectNode> edit, String message) {
        assertThatThrownBy(() -> ToyModel.copy("toy-five", root, edit))
                .isInstanceOf(ManifestException.class)
                .hasMessageContaining(message);
    }

    private static InputSource out(String stage) {
        return new InputSource(stage, InputSource.OUT);
    }

    private static ObjectNode stage(ObjectNode manifest, int index) {
        return (ObjectNode) manifest.at("/pipeline/" + index);
    }

    private static ObjectNode inputs(ObjectNode manifest, int index) {
        return (ObjectNode) stage(manifest, index).get("inputs");
    }
}
