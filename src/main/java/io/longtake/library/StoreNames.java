package io.longtake.library;

import io.longtake.event.VideoId;
import java.util.regex.Pattern;

/** Texts that become paths and keys: what is none of these never reaches a store. */
final class StoreNames {

    private static final Pattern DOCUMENT = Pattern.compile("[a-z]{1,32}(\\.\\d{1,19}){0,2}\\.[a-z]{1,8}");

    private StoreNames() {}

    static String videoId(String text) {
        if (!VideoId.isOne(text)) {
            throw new IllegalArgumentException("video_id: " + VideoId.EXPECTED + ", got another text");
        }
        return text;
    }

    static String document(String name) {
        if (!isDocument(name)) {
            throw new IllegalArgumentException("document: expected a name like video.json, got " + name);
        }
        return name;
    }

    static boolean isDocument(String name) {
        return DOCUMENT.matcher(name).matches();
    }
}
