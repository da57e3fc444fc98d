package io.longtake.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The stages that a model has, by name. {@link Pipeline} has their order.
 *
 * @param byName as the manifest lists them
 */
@JsonDeserialize(using = StageSpecs.Reader.class)
public record StageSpecs(Map<String, StageSpec> byName) {

    public StageSpecs {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        long imagining =
                byName.values().stream().filter(KeyframesSpec.class::isInstance).count();
        if (imagining != 1) {
            throw new ManifestException(String.format(
                    Locale.ROOT,
                    "stages must have exactly one of kind %s, found %d in %s",
                    StageKind.KEYFRAMES.wireName(),
                    imagining,
                    byName.keySet()));
        }
    }

    /** Reads each by its {@code kind}; without one, its name is the kind. */
    static final class Reader extends JsonDeserializer<StageSpecs> {

        @Override
        public StageSpecs deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            Map<String, StageSpec> specs = new LinkedHashMap<>();
            ObjectNode stages = context.readValue(parser, ObjectNode.class);
            for (Map.Entry<String, JsonNode> stage : stages.properties()) {
                if (stage.getValue() instanceof ObjectNode fields) {
                    specs.put(stage.getKey(), spec(stage.getKey(), fields, parser));
                } else if (!stage.getValue().isNull()) {
                    throw new ManifestException("stages." + stage.getKey() + " must be an object");
                }
            }
            return new StageSpecs(specs);
        }

        private static StageSpec spec(String name, ObjectNode fields, JsonParser parser) throws IOException {
            String kind = fields.has("kind") ? fields.remove("kind").asText() : name;
            StageKind known = StageKind.find(kind)
                    .orElseThrow(() -> new ManifestException(String.format(
                            Locale.ROOT,
                            "stages.%s.kind must be one of %s, found %s",
                            name,
                            StageKind.wireNames(),
                            kind)));
            try {
                return parser.getCodec().treeToValue(fields, known.spec());
            } catch (JsonProcessingException e) {
                String reason =
                        e.getCause() instanceof ManifestException cause ? cause.getMessage() : e.getOriginalMessage();
                throw new ManifestException("stages." + name + ": " + reason, e);
            }
        }
    }

    /** The specification of a stage. */
    public StageSpec spec(String stage) {
        return Optional.ofNullable(byName.get(stage))
                .orElseThrow(() -> new IllegalArgumentException(
                        "this model has no stage " + stage + ": it has " + byName.keySet()));
    }

    /** The specification of a stage that is of the kind of this type. */
    public <T extends StageSpec> T spec(String stage, Class<T> type) {
        return type.cast(spec(stage));
    }

    /** The one that imagines. */
    public KeyframesSpec keyframes() {
        return ofType(KeyframesSpec.class).findFirst().orElseThrow();
    }

    <T extends StageSpec> Stream<T> ofType(Class<T> type) {
        return byName.values().stream().filter(type::isInstance).map(type::cast);
    }

    /** The graph of a stage. */
    public GraphSpec graph(String stage) {
        return spec(stage).graph();
    }

    /** The stage that a graph is of; none if it is another model's, or the text encoder's. */
    public Optional<String> stageOf(GraphSpec graph) {
        return byName.keySet().stream()
                .filter(name -> graph(name).equals(graph))
                .findFirst();
    }

    /**
     * The pipeline of a manifest that gives none: in the order of the kinds each stage works on what the one before made. No stage
     * has a name of its own then.
     */
    Pipeline usual() {
        List<String> usual = StageKind.wireNames();
        byName.keySet().stream()
                .filter(name -> !usual.contains(name))
                .findFirst()
                .ifPresent(other -> {
                    throw new ManifestException(
                            "pipeline is missing: without one, stages may be " + usual + ", found " + other);
                });
        List<PipelineStage> stages = new ArrayList<>();
        String before = null;
        for (String name : usual.stream().filter(byName::containsKey).toList()) {
            stages.add(inChain(name, before));
            before = name;
        }
        return new Pipeline(stages);
    }

    private PipelineStage inChain(String name, String before) {
        Map<InputRole, InputSource> inputs = new EnumMap<>(InputRole.class);
        Stream.concat(spec(name).needs().stream(), spec(name).takes().stream())
                .forEach(role -> inputs.put(
                        role,
                        switch (role) {
                            case CONTEXT -> new InputSource(name, InputSource.OUT);
                            case STATE -> new InputSource(name, InputSource.STATE);
                            case SOURCE, HALO -> new InputSource(before, InputSource.OUT);
                        }));
        return new PipelineStage(name, inputs);
    }

    /** Checks that a stage is given what it works on. */
    void check(PipelineStage stage) {
        StageSpec spec = spec(stage.name());
        Set<InputRole> found = stage.inputs().keySet();
        if (!found.containsAll(spec.needs())
                || !found.stream()
                        .allMatch(role ->
                                spec.needs().contains(role) || spec.takes().contains(role))) {
            throw new ManifestException(String.format(
                    Locale.ROOT,
                    "pipeline, stage %s: inputs must be %s, and may be %s, found %s",
                    stage.name(),
                    names(spec.needs()),
                    names(spec.takes()),
                    names(found)));
        }
    }

    private static List<String> names(Set<InputRole> roles) {
        return roles.stream().map(InputRole::wireName).sorted().toList();
    }

    /** Frames that one keyframe becomes. */
    int framesPerKeyframe() {
        return ofType(InterpolateSpec.class)
                .mapToInt(InterpolateSpec::framesPerKeyframe)
                .reduce(1, (a, b) -> a * b);
    }
}
