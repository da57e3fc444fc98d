package io.longtake.event;

/** Texts that others chose, short enough to hand on. */
public final class Shortened {

    /** Characters of a reason that somebody gave. */
    public static final int REASON = 1000;

    private Shortened() {}

    /** The text's first characters; all of them if they are no more than the limit. */
    public static String text(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit);
    }
}
