package io.longtake.model;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a graph computes in. Its inputs and outputs are 32-bit floats either way. */
public enum Precision {
    /** 32-bit floats: the reference. */
    SINGLE,
    /** 16-bit floats where they lose little, in graphs that have a variant of that kind ({@link GraphSpec#half}). */
    HALF;

    private static final String PROPERTY = "longtake.precision";
    private static final String VARIABLE = "LONGTAKE_PRECISION";
    private static final String AUTO = "auto";

    /**
     * What system property {@code longtake.precision} or else environment variable {@code LONGTAKE_PRECISION} asks for: single,
     * half, or auto, which leaves it to the engine and is the same as nothing.
     *
     * @throws IllegalArgumentException if it is another word
     */
    static Optional<Precision> requested() {
        return requested(System::getProperty, System::getenv);
    }

    static Optional<Precision> requested(UnaryOperator<String> property, UnaryOperator<String> environment) {
        String requested = Optional.ofNullable(property.apply(PROPERTY))
                .or(() -> Optional.ofNullable(environment.apply(VARIABLE)))
                .filter(value -> !value.isBlank())
                .orElse(AUTO);
        return switch (requested) {
            case AUTO -> Optional.empty();
            case "single" -> Optional.of(SINGLE);
            case "half" -> Optional.of(HALF);
            default -> throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s (or %s) must be auto, single or half, found '%s'", PROPERTY, VARIABLE, requested));
        };
    }
}
