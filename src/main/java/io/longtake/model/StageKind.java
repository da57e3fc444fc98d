package io.longtake.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a stage can be: there is code for these, and a manifest says under which names and in which order it runs. A stage
 * that has the name of a kind is of that kind.
 */
public enum StageKind {
    KEYFRAMES("keyframes", KeyframesSpec.class, EnumSet.of(InputRole.CONTEXT), EnumSet.of(InputRole.STATE)),
    INTERPOLATE("interpolate", InterpolateSpec.class, EnumSet.of(InputRole.SOURCE), EnumSet.noneOf(InputRole.class)),
    DECODE("decode", DecodeSpec.class, EnumSet.of(InputRole.SOURCE), EnumSet.of(InputRole.HALO)),
    UPSAMPLE("upsample", UpsampleSpec.class, EnumSet.of(InputRole.SOURCE), EnumSet.of(InputRole.HALO));

    private final String wireName;
    private final Class<? extends StageSpec> spec;
    private final Set<InputRole> needed;
    private final Set<InputRole> possible;

    StageKind(String wireName, Class<? extends StageSpec> spec, Set<InputRole> needed, Set<InputRole> possible) {
        this.wireName = wireName;
        this.spec = spec;
        this.needed = needed;
        this.possible = possible;
    }

    /** Its name in manifests. */
    public String wireName() {
        return wireName;
    }

    Class<? extends StageSpec> spec() {
        return spec;
    }

    static List<String> wireNames() {
        return Arrays.stream(values()).map(StageKind::wireName).toList();
    }

    static Optional<StageKind> find(String wireName) {
        return Arrays.stream(values())
                .filter(kind -> kind.wireName.equals(wireName))
                .findFirst();
    }

    static StageKind of(StageSpec spec) {
        return Arrays.stream(values())
                .filter(kind -> kind.spec.isInstance(spec))
                .findFirst()
                .orElseThrow();
    }

    /** A stage of this kind that works on what the one before it made, or goes on from itself if there is none. */
    PipelineStage inChain(String name, Optional<String> before) {
        Map<InputRole, InputSource> inputs = new EnumMap<>(InputRole.class);
        for (InputRole role : EnumSet.copyOf(roles())) {
            if (role != InputRole.STATE) {
                inputs.put(
                        role, new InputSource(role == InputRole.CONTEXT ? name : before.orElse(name), InputSource.OUT));
            }
        }
        return new PipelineStage(name, inputs);
    }

    void check(PipelineStage stage) {
        Set<InputRole> found = stage.inputs().keySet();
        if (!found.containsAll(needed) || !roles().containsAll(found)) {
            Map<String, InputSource> shown = new TreeMap<>();
            stage.inputs().forEach((role, source) -> shown.put(role.wireName(), source));
            throw new ManifestException("pipeline, stage %s: %s needs inputs %s and may have %s, found %s"
                    .formatted(stage.name(), wireName, names(needed), names(possible), shown));
        }
    }

    private Set<InputRole> roles() {
        Set<InputRole> roles = EnumSet.copyOf(needed);
        roles.addAll(possible);
        return roles;
    }

    private static List<String> names(Set<InputRole> roles) {
        return roles.stream().map(InputRole::wireName).toList();
    }
}
