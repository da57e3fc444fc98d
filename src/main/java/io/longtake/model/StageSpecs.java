package io.longtake.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The stages that a model has. Keyframes and decode make a video; the other two are null if a model does without.
 */
public record StageSpecs(
        KeyframesSpec keyframes, InterpolateSpec interpolate, DecodeSpec decode, UpsampleSpec upsample) {

    public StageSpecs {
        Rule.present("stages.keyframes", keyframes);
        Rule.present("stages.decode", decode);
    }

    /** Names of the stages, in the order in which a segment passes them: keyframes, interpolate, decode, upsample. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of("keyframes"));
        if (interpolate != null) {
            names.add("interpolate");
        }
        names.add("decode");
        if (upsample != null) {
            names.add("upsample");
        }
        return List.copyOf(names);
    }

    /** The graph of a stage. */
    public GraphSpec graph(String stage) {
        return switch (stage) {
            case "keyframes" -> keyframes.graph();
            case "interpolate" -> has(stage, interpolate).graph();
            case "decode" -> decode.graph();
            case "upsample" -> has(stage, upsample).graph();
            default -> throw new IllegalArgumentException("no such stage: " + stage);
        };
    }

    /** The stage that a graph is of; none if it is another model's, or the text encoder's. */
    public Optional<String> stageOf(GraphSpec graph) {
        return names().stream().filter(name -> graph(name).equals(graph)).findFirst();
    }

    private static <T> T has(String stage, T spec) {
        if (spec == null) {
            throw new IllegalArgumentException("this model has no stage " + stage);
        }
        return spec;
    }

    /** Frames that one keyframe becomes. */
    int framesPerKeyframe() {
        return interpolate == null ? 1 : interpolate.framesPerKeyframe();
    }
}
