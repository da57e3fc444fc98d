package io.longtake.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a model is: {@code models/<name>/<version>/model.json}.
 *
 * @param name of the model, as prompt events give it
 * @param version of the model, as its folder is named
 * @param licence SPDX identifier of the weights' licence
 * @param description one line for people
 * @param base the model in whose folder the files lie that are not beside the manifest; null: all are beside it
 * @param pipeline the order of the stages, and what each works on; null: one after the other, in the order of their kinds
 * @param conditions what the model understands (free form, for people and forms)
 * @param training how it came to be (free form)
 */
public record ModelManifest(
        String name,
        String version,
        String licence,
        String description,
        Base base,
        @JsonProperty("film") VideoFormat video,
        Latent latent,
        SegmentSpec segment,
        Limits limits,
        TextSpec text,
        StageSpecs stages,
        Pipeline pipeline,
        Map<String, Object> conditions,
        Map<String, Object> training) {

    /** Pattern of a model's name and of its version: they are folders too. */
    static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    /** Another model of the same repository, which has some files in common with this one. */
    public record Base(String name, String version) {
        public Base {
            Rule.matches("base.name", name, NAME);
            Rule.matches("base.version", version, NAME);
        }
    }

    /** Pixels of a finished frame, and frames per second. */
    public record VideoFormat(int width, int height, int fps) {
        public VideoFormat {
            Rule.between("film.width", width, 2, 8192);
            Rule.between("film.height", height, 2, 8192);
            Rule.between("film.fps", fps, 1, 240);
        }
    }

    /** Latents (channels, height, width); {@code scale} multiplies what the encoder gave, so a decoder divides by it. */
    public record Latent(int channels, int height, int width, int downsampling, double scale) {
        public Latent {
            Rule.between("latent.channels", channels, 1, 1024);
            Rule.between("latent.height", height, 1, 1024);
            Rule.between("latent.width", width, 1, 1024);
            Rule.between("latent.downsampling", downsampling, 1, 64);
            Rule.between("latent.scale", scale, 1e-6, 1e6);
        }
    }

    /** One segment: T keyframes, the first {@code context} of them known from the segment before; frames of video. */
    public record SegmentSpec(int keyframes, int context, int frames) {
        public SegmentSpec {
            Rule.between("segment.keyframes", keyframes, 2, 256);
            Rule.between("segment.context", context, 1, keyframes - 1.0);
            Rule.between("segment.frames", frames, 1, 4096);
        }
    }

    /** What a request may ask for at most; guidance of 1: none, for a model that was distilled with its guidance inside. */
    public record Limits(double seconds, int promptCharacters, int steps, double guidance, int segmentsInFlight) {
        public Limits {
            Rule.between("limits.seconds", seconds, 1, 1e6);
            Rule.between("limits.promptCharacters", promptCharacters, 1, 100_000);
            Rule.between("limits.steps", steps, 1, 1000);
            Rule.between("limits.guidance", guidance, 1, 100);
            Rule.between("limits.segmentsInFlight", segmentsInFlight, 1, 1000);
        }
    }

    public ModelManifest {
        Rule.matches("name", name, NAME);
        Rule.matches("version", version, NAME);
        Rule.present("licence", licence);
        Rule.present("description", description);
        Rule.present("film", video);
        Rule.present("latent", latent);
        Rule.present("segment", segment);
        Rule.present("limits", limits);
        Rule.present("text", text);
        Rule.present("stages", stages);
        conditions = asWritten(conditions);
        training = asWritten(training);
        Rule.between(
                "limits.steps", limits.steps(), 1, stages.keyframes().schedule().steps());
        String imagining = stages.stageOf(stages.keyframes().graph()).orElseThrow();
        Rule.between("stages." + imagining + ".steps", stages.keyframes().steps(), 1, limits.steps());
        Rule.between("stages." + imagining + ".guidance", stages.keyframes().guidance(), 1, limits.guidance());
        stages.keyframes().continuation().check(segment, latent, limits);
        int fresh = segment.keyframes() - segment.context();
        Rule.equal("segment.frames", (long) fresh * stages.framesPerKeyframe(), segment.frames());
        pipeline = pipeline == null ? stages.usual() : pipeline;
        check(pipeline, stages);
        Map<String, StageOutput> outputs = outputs(pipeline, stages, latent, segment);
        StageOutput.FrameRun published = frames(outputs.get(pipeline.last()), pipeline.last());
        Rule.equal("frames of stage " + pipeline.last(), segment.frames(), published.length());
        Rule.equal("film.width", published.width(), video.width());
        Rule.equal("film.height", published.height(), video.height());
    }

    private static void check(Pipeline pipeline, StageSpecs stages) {
        if (!Set.copyOf(pipeline.names()).equals(stages.byName().keySet())) {
            throw new ManifestException(String.format(
                    Locale.ROOT,
                    "the pipeline must have the stages %s, found %s",
                    stages.byName().keySet(),
                    pipeline.names()));
        }
        for (PipelineStage stage : pipeline.stages()) {
            stages.check(stage);
            if (!stage.name().equals(pipeline.last())
                    && pipeline.outputs(stage.name()).isEmpty()) {
                throw new ManifestException(
                        "pipeline: some stage must work on what stage " + stage.name() + " makes, found none");
            }
        }
    }

    private static Map<String, StageOutput> outputs(
            Pipeline pipeline, StageSpecs stages, Latent latent, SegmentSpec segment) {
        Map<String, StageOutput> outputs = new LinkedHashMap<>();
        for (PipelineStage stage : pipeline.stages()) {
            InputSource source = stage.inputs().get(InputRole.SOURCE);
            try {
                outputs.put(
                        stage.name(),
                        stages.spec(stage.name())
                                .output(source == null ? null : outputs.get(source.stage()), latent, segment));
            } catch (ManifestException e) {
                throw new ManifestException("stages." + stage.name() + ": " + e.getMessage(), e);
            }
        }
        return outputs;
    }

    private static StageOutput.FrameRun frames(StageOutput output, String stage) {
        if (output instanceof StageOutput.FrameRun frames) {
            return frames;
        }
        throw new ManifestException("the pipeline's last stage must make frames, found " + stage + " with " + output);
    }

    /** What a stage makes of a segment. */
    public StageOutput output(String stage) {
        return outputs(pipeline, stages, latent, segment)
                .get(pipeline.stage(stage).name());
    }

    /** How many stages of the same kind a stage has before it. */
    public int turn(String stage) {
        StageSpec spec = stages.spec(stage);
        return (int) pipeline.names().stream()
                .takeWhile(name -> !name.equals(stage))
                .filter(name -> stages.spec(name).getClass() == spec.getClass())
                .count();
    }

    /** What a stage works on, if it works on anything of its segment. */
    public Optional<StageOutput> source(String stage) {
        return Optional.ofNullable(pipeline.stage(stage).inputs().get(InputRole.SOURCE))
                .map(source -> output(source.stage()));
    }

    private static Map<String, Object> asWritten(Map<String, Object> free) {
        return free == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(free));
    }

    /** Every file of the model but its manifest. */
    public List<FileSpec> files() {
        return Stream.concat(Stream.of(text.tokenizer()), graphs().flatMap(graph -> graph.files().stream()))
                .toList();
    }

    /** The text encoder's graph, then those of the stages. */
    Stream<GraphSpec> graphs() {
        return Stream.concat(Stream.of(text.graph()), pipeline.names().stream().map(stages::graph));
    }
}
