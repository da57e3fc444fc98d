package io.longtake.client;

import java.util.UUID;

/** What names a video. */
final class VideoIds {

    private VideoIds() {}

    /**
     * Passes an id through.
     *
     * @throws IllegalArgumentException if it is not a UUID in canonical form
     */
    static String check(String videoId) {
        try {
            if (UUID.fromString(videoId).toString().equals(videoId)) {
                return videoId;
            }
        } catch (IllegalArgumentException e) {
            // the same words for both
        }
        throw new IllegalArgumentException("video_id: expected a UUID in canonical form, got '" + videoId + "'");
    }
}
