package io.longtake.event;

import java.util.UUID;

/** What names a video, and is the key of all its records: a UUID in its canonical form, 36 characters in lower case. */
public final class VideoId {

    /** What is wrong with a text that is none. */
    public static final String EXPECTED = "expected a UUID in its canonical form";

    private VideoId() {}

    /** Whether a text is one; null is not. */
    public static boolean isOne(String text) {
        try {
            return text != null
                    && text.length() == 36
                    && UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Passes one through.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String require(String text) {
        if (!isOne(text)) {
            throw new IllegalArgumentException("video_id: " + EXPECTED + ", got '" + text + "'");
        }
        return text;
    }
}
