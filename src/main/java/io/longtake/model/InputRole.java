package io.longtake.model;

import java.util.Locale;

/** What an input is to a stage. The role also says of which segment the input is. */
public enum InputRole {
    /** What the stage works on, of its own segment. */
    SOURCE,
    /** Keyframes of the segment before: the video goes on from its last ones. */
    CONTEXT,
    /** What the segment before worked on: the stage looks back into it so that no seam shows. */
    HALO,
    /** What the stage left for itself when it made the segment before. */
    STATE;

    /** Whether it comes from the segment before; the first segment has none of these. */
    public boolean isOfSegmentBefore() {
        return this != SOURCE;
    }

    /** The role's name in records and manifests. */
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
                "an input's role must be source, context, halo or state, found '" + wireName + "'");
    }
}
