package io.longtake.stage;

import java.util.Locale;

/** What an input is to a stage. */
public enum InputRole {
    /** Keyframes of the segment before: the video goes on from its last ones. */
    CONTEXT,
    /** What the stage works on: the output of the stage before, of the same segment. */
    SOURCE,
    /** The same of the segment before: the stage looks back into it so that no seam shows. */
    HALO,
    /** What the stage left for itself when it made the segment before. */
    STATE;

    /** The role's name on the wire: context, source, halo, state. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a wire name; fails naming it if there is none. */
    public static InputRole of(String wireName) {
        for (InputRole role : values()) {
            if (role.wireName().equals(wireName)) {
                return role;
            }
        }
        throw new IllegalArgumentException(
                "an input's role must be context, source, halo or state, found '" + wireName + "'");
    }
}
