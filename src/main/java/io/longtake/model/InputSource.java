package io.longtake.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an input comes from; in a manifest {@code stage}, or {@code stage.output} if it is not the output that every stage has.
 *
 * @param stage whose output it is
 * @param output name of the output
 */
public record InputSource(String stage, String output) {

    /** The output that every stage has: what it was asked for. */
    public static final String OUT = "out";

    /** The output that some stages have: what they need when they make the next segment. */
    public static final String STATE = "state";

    public InputSource {
        Rule.matches("stage of an input", stage, Pipeline.STAGE_NAME);
        Rule.matches("output of stage " + stage, output, Pipeline.STAGE_NAME);
    }

    @JsonCreator
    static InputSource of(String text) {
        int dot = text.indexOf('.');
        return dot < 0 ? new InputSource(text, OUT) : new InputSource(text.substring(0, dot), text.substring(dot + 1));
    }

    @JsonValue
    @Override
    public String toString() {
        return output.equals(OUT) ? stage : stage + "." + output;
    }
}
