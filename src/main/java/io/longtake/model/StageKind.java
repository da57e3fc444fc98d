package io.longtake.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a stage can be: there is code for these, and a manifest says under which names and in which order it runs. A stage
 * that has the name of a kind is of that kind.
 */
public enum StageKind {
    KEYFRAMES("keyframes", KeyframesSpec.class),
    INTERPOLATE("interpolate", InterpolateSpec.class),
    DECODE("decode", DecodeSpec.class),
    UPSAMPLE("upsample", UpsampleSpec.class);

    private final String wireName;
    private final Class<? extends StageSpec> spec;

    StageKind(String wireName, Class<? extends StageSpec> spec) {
        this.wireName = wireName;
        this.spec = spec;
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
}
