package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ModelManifestTest {

    private static final String INTERPOLATE = "/stages/interpolate/graph";

    @TempDir
    Path root;

    private static Arguments wrong(Consumer<ObjectNode> edit, String message) {
        return Arguments.of(edit, message);
    }

    private static ObjectNode reuse(ObjectNode manifest) {
        at(manifest, "/segment").put("context", 1).put("frames", 6);
        return at(manifest, "/stages/keyframes")
                .putObject("continuation")
                .put("type", "reuse-and-diffuse")
                .put("prompts", 2)
                .put("reuse", 4)
                .put("guided", 0.4);
    }

    private static ObjectNode at(ObjectNode manifest, String path) {
        return (ObjectNode) manifest.at(path);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                wrong(m -> m.put("name", "../evil"), "name must match [A-Za-z0-9]"),
                wrong(m -> m.remove("film"), "film is missing"),
                wrong(m -> at(m, "/film").put("fps", 0), "film.fps must be from 1 to 240, found 0"),
                wrong(m -> at(m, "/film").put("width", 640), "film.width must be 16, found 640"),
                wrong(m -> at(m, "/latent").put("scale", 0), "latent.scale must be from"),
                wrong(m -> at(m, "/segment").put("context", 4), "segment.context must be from 1 to 3, found 4"),
                wrong(m -> at(m, "/segment").put("frames", 5), "segment.frames must be 4, found 5"),
                wrong(m -> at(m, "/limits").put("guidance", 0.5), "limits.guidance must be from 1 to 100, found 0.5"),
                wrong(m -> at(m, "/limits").put("steps", 0), "limits.steps must be from 1 to 1000, found 0"),
                wrong(
                        m -> at(m, "/stages/upsample/schedule").put("spacing", "even"),
                        "schedule.spacing must be one of [leading, trailing], found even"),
                wrong(
                        m -> at(m, "/stages").remove("decode"),
                        "stages.upsample: must work on frames, found LatentRun[length=4]"),
                wrong(
                        m -> at(m, "/stages/keyframes").put("prediction", "noise"),
                        "stages.keyframes: prediction must be one of [eps, v, x0], found noise"),
                wrong(
                        m -> at(m, "/stages/interpolate").put("window", 5),
                        "stages.interpolate: window must be 3, found 5"),
                wrong(
                        m -> at(m, "/stages/interpolate").putArray("rates").add(1),
                        "stages.interpolate: rates must be there exactly if the graph has an input 'rate', found rates [1.0]"),
                wrong(
                        m -> at(m, "/stages/interpolate/graph/inputs")
                                .putObject("rate")
                                .put("dtype", "float32")
                                .putArray("shape")
                                .add("B"),
                        "stages.interpolate: rates must be there exactly if the graph has an input 'rate', found rates []"),
                wrong(
                        m -> at(m, "/stages/interpolate").putArray("rates"),
                        "stages.interpolate: number of rates must be from 1 to 4, found 0"),
                wrong(
                        m -> at(m, "/stages/interpolate")
                                .putArray("rates")
                                .add(0)
                                .add(0)
                                .add(0)
                                .add(0)
                                .add(0),
                        "stages.interpolate: number of rates must be from 1 to 4, found 5"),
                wrong(
                        m -> at(m, "/stages/interpolate").putArray("rates").add("NaN"),
                        "stages.interpolate: one of rates must be from 0 to 1000, found NaN"),
                wrong(
                        m -> at(m, "/stages/interpolate").putArray("rates").addNull(),
                        "stages.interpolate: one of rates is missing"),
                wrong(
                        m -> at(m, "/limits").put("guidance", 1),
                        "stages.keyframes.guidance must be from 1 to 1, found 2"),
                wrong(m -> at(m, "/limits").put("steps", 3), "stages.keyframes.steps must be from 1 to 3, found 4"),
                wrong(
                        m -> m.putObject("base").put("name", "..").put("version", "1"),
                        "base.name must match [A-Za-z0-9]"),
                wrong(
                        m -> m.putObject("base").put("name", "toy").put("version", "../../etc"),
                        "base.version must match [A-Za-z0-9]"),
                wrong(
                        m -> at(m, "/stages/upsample").put("window", 3),
                        "stages.upsample: window must divide segment.frames 4, found 3"),
                wrong(
                        m -> at(m, "/stages/upsample").put("noiseLevel", 1000),
                        "stages.upsample: noiseLevel must be from 0 to 999, found 1000"),
                wrong(
                        m -> at(m, "/stages/keyframes/schedule").put("type", "cubic"),
                        "schedule.type must be one of [cosine, linear, scaled_linear], found cubic"),
                wrong(m -> at(m, "/stages/keyframes/schedule").remove("offset"), "schedule.offset is missing"),
                wrong(m -> at(m, "/stages/decode/graph").put("file", "../decode.onnx"), "file of a graph must match"),
                wrong(m -> at(m, "/stages/decode/graph").put("sha256", "abc"), "sha256 of decode.onnx must match"),
                wrong(
                        m -> at(m, "/stages/decode/graph/inputs/latent").put("dtype", "bfloat16"),
                        "dtype of a tensor must be one of [float32, int64], found bfloat16"),
                wrong(m -> at(m, INTERPOLATE).remove("golden"), "golden of interpolate.onnx is missing"),
                wrong(m -> at(m, INTERPOLATE).remove("bounds"), "bounds of interpolate.onnx is missing"),
                wrong(m -> at(m, INTERPOLATE + "/half").remove("bounds"), "bounds of interpolate.half.onnx is missing"),
                wrong(
                        m -> at(m, INTERPOLATE + "/half").put("file", "/etc/passwd"),
                        "file of a graph's half must match"),
                wrong(
                        m -> at(m, INTERPOLATE + "/half/bounds").put("relativeRms", 2),
                        "bounds.relativeRms must be from 1.0E-9 to 1, found 2"),
                wrong(
                        m -> at(m, INTERPOLATE + "/bounds").put("maxAbsolute", "NaN"),
                        "bounds.maxAbsolute must be from 1.0E-9 to 1000000, found NaN"),
                wrong(
                        m -> at(m, INTERPOLATE)
                                .putArray("weights")
                                .addObject()
                                .put("file", "../w")
                                .put("sha256", ""),
                        "file must match"),
                wrong(m -> at(m, "/stages/keyframes").put("guidence", 2), "\"guidence\""),
                wrong(
                        m -> reuse(m).put("type", "sliding"),
                        "continuation.type must be one of [prediction, reuse-and-diffuse], found sliding"),
                wrong(m -> reuse(m).remove("type"), "continuation.type must be one of"),
                wrong(
                        m -> reuse(m).put("type", "prediction"),
                        "continuation.prompts, reuse and guided belong to the type reuse-and-diffuse, found them with the type prediction"),
                wrong(m -> reuse(m).remove("prompts"), "continuation.prompts is missing"),
                wrong(m -> reuse(m).remove("reuse"), "continuation.reuse is missing"),
                wrong(m -> reuse(m).remove("guided"), "continuation.guided is missing"),
                wrong(m -> reuse(m).put("prompts", 0), "continuation.prompts must be from 1 to 256, found 0"),
                wrong(m -> reuse(m).put("prompts", 5), "continuation.prompts must be from 1 to 4, found 5"),
                wrong(m -> reuse(m).put("reuse", -1), "continuation.reuse must be from 0 to 1000, found -1"),
                wrong(m -> reuse(m).put("reuse", "NaN"), "continuation.reuse must be from 0 to 1000, found NaN"),
                wrong(m -> reuse(m).put("guided", 1.1), "continuation.guided must be from 0 to 1, found 1.1"),
                wrong(m -> reuse(m).put("beta", 1), "\"beta\""),
                wrong(
                        m -> {
                            reuse(m);
                            at(m, "/segment").put("context", 2).put("frames", 4);
                        },
                        "segment.context must be 1 if continuation.type is reuse-and-diffuse, found 2"),
                wrong(
                        m -> {
                            reuse(m);
                            at(m, "/stages/keyframes").put("sampler", "ddim").put("eta", 0.5);
                        },
                        "stages.keyframes: eta must be 0 if continuation.type is reuse-and-diffuse, found 0.5: a sampler that draws noise"),
                wrong(
                        m -> {
                            reuse(m);
                            at(m, "/stages/keyframes").put("contextGuidance", 2);
                        },
                        "stages.keyframes: contextGuidance must be 1 if continuation.type is reuse-and-diffuse, found 2.0"),
                wrong(
                        m -> {
                            reuse(m);
                            at(m, "/limits").put("steps", 1000);
                            at(m, "/latent").put("height", 100).put("width", 100);
                        },
                        "limits.steps must be such that the states of a segment, 640000 bytes a step, are at most 67108864 bytes"),
                wrong(m -> m.put("segment", "eight"), "ModelManifest$Segment"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void names_file_and_field_of_a_mistake(Consumer<ObjectNode> mistake, String message) {
        assertThatThrownBy(() -> ToyModel.copy(root, mistake))
                .isInstanceOf(ManifestException.class)
                .hasMessageStartingWith(root.resolve("toy/1/model.json").toString())
                .hasMessageContaining(message);
    }

    @Test
    void of_a_model_without_interpolation_and_upsampler_has_two_stages() {
        ModelManifest manifest = ToyModel.copy(root, m -> {
                    at(m, "/stages").remove("interpolate");
                    at(m, "/stages").remove("upsample");
                    at(m, "/segment").put("frames", 2);
                    at(m, "/film").put("width", 8).put("height", 4);
                })
                .manifest();
        assertThat(manifest.pipeline().names()).containsExactly("keyframes", "decode");
        assertThat(VideoPlan.of(manifest, 1).segments()).isEqualTo(4);
    }

    @Test
    void takes_guidance_of_one_where_none_is_given() {
        ModelManifest manifest = ToyModel.copy(
                        root, m -> at(m, "/stages/keyframes").remove("guidance"))
                .manifest();
        assertThat(manifest.stages().keyframes().guidance()).isEqualTo(1);
    }

    @Test
    void without_a_word_on_it_segments_follow_each_other_by_prediction() {
        assertThat(ToyModel.stored().manifest().stages().keyframes().continuation())
                .isEqualTo(new ContinuationSpec("prediction", null, null, null));
        assertThat(ToyModel.reuse().manifest().stages().keyframes().continuation())
                .isEqualTo(new ContinuationSpec("reuse-and-diffuse", 3, 2.0, 0.5));
    }

    @Test
    void of_two_passes_multiplies_a_keyframe_by_the_square_of_the_factor() {
        ModelManifest manifest = ToyModel.paced().manifest();
        assertThat(manifest.stages().spec("interpolate", InterpolateSpec.class).rates())
                .containsExactly(0.0, 1.0);
        assertThat(manifest.stages().spec("interpolate", InterpolateSpec.class).framesPerKeyframe())
                .isEqualTo(16);
        assertThat(manifest.segment().frames()).isEqualTo(32);
    }

    @Test
    void keeps_conditions_as_they_were_written() {
        ModelManifest manifest = ToyModel.copy(
                        root, m -> at(m, "/conditions").putObject("timeOfDay").put("day", "time_day"))
                .manifest();
        assertThat(manifest.conditions()).isEqualTo(Map.of("timeOfDay", Map.of("day", "time_day")));
    }

    @Test
    void lists_every_file_of_the_model() {
        assertThat(ToyModel.stored().manifest().files())
                .extracting(FileSpec::file)
                .containsExactly(
                        "tokenizer.json",
                        "text_encoder.onnx",
                        "keyframes.onnx",
                        "interpolate.onnx",
                        "interpolate.golden.safetensors",
                        "interpolate.half.onnx",
                        "decode.onnx",
                        "upsample.onnx");
    }
}
