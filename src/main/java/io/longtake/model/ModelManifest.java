package io.longtake.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a model is: {@code models/<name>/<version>/model.json}.
 *
 * @param name of the model, as prompt events give it
 * @param version of the model, as its folder is named
 * @param licence SPDX identifier of the weights' licence
 * @param description one line for people
 * @param base the model in whose folder the files lie that are not beside the manifest; null: all are beside it
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
        Rule.between("stages.keyframes.steps", stages.keyframes().steps(), 1, limits.steps());
        Rule.between("stages.keyframes.guidance", stages.keyframes().guidance(), 1, limits.guidance());
        stages.keyframes().continuation().check(segment, latent, limits);
        int fresh = segment.keyframes() - segment.context();
        Rule.equal("segment.frames", (long) fresh * stages.framesPerKeyframe(), segment.frames());
        Rule.equal(
                "stages.decode.frameWidth",
                (long) latent.width() * latent.downsampling(),
                stages.decode().frameWidth());
        Rule.equal(
                "stages.decode.frameHeight",
                (long) latent.height() * latent.downsampling(),
                stages.decode().frameHeight());
        int factor = stages.upsample() == null ? 1 : stages.upsample().factor();
        Rule.equal("film.width", (long) stages.decode().frameWidth() * factor, video.width());
        Rule.equal("film.height", (long) stages.decode().frameHeight() * factor, video.height());
        if (stages.upsample() != null && segment.frames() % stages.upsample().window() != 0) {
            throw new ManifestException("stages.upsample.window must divide segment.frames %d, found %d"
                    .formatted(segment.frames(), stages.upsample().window()));
        }
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
        return Stream.concat(Stream.of(text.graph()), stages.names().stream().map(stages::graph));
    }
}
