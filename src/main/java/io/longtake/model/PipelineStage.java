package io.longtake.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stage in its place.
 *
 * @param name of the stage: its tasks' topic, its entry in {@code stages}
 * @param inputs what it works on, by role
 */
public record PipelineStage(String name, Map<InputRole, InputSource> inputs) {

    public PipelineStage {
        Rule.matches("stage of the pipeline", name, Pipeline.STAGE_NAME);
        Map<InputRole, InputSource> sorted = new EnumMap<>(InputRole.class);
        sorted.putAll(inputs);
        inputs = Collections.unmodifiableMap(sorted);
    }

    /** As a manifest writes it, roles by their wire names. */
    @JsonCreator
    static PipelineStage written(
            @JsonProperty("stage") String name, @JsonProperty("inputs") Map<String, InputSource> inputs) {
        Map<InputRole, InputSource> byRole = new LinkedHashMap<>();
        if (inputs != null) {
            inputs.forEach((role, source) -> {
                Rule.present("pipeline, stage " + name + ", input " + role, source);
                byRole.put(role(name, role), source);
            });
        }
        return new PipelineStage(name, byRole);
    }

    private static InputRole role(String stage, String wireName) {
        try {
            return InputRole.of(wireName);
        } catch (IllegalArgumentException e) {
            throw new ManifestException("pipeline, stage " + stage + ": " + e.getMessage(), e);
        }
    }
}
