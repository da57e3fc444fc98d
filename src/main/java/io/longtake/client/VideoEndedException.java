package io.longtake.client;

import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;

/** The video came to an end before it was whole: it failed, or it was cancelled. The message says after how much, and why. */
public final class VideoEndedException extends RuntimeException {

    private final VideoEvent event;

    VideoEndedException(VideoEvent event) {
        super(words(event));
        this.event = event;
    }

    /** The event that says so, of kind FAILED or CANCELLED. */
    public VideoEvent event() {
        return event;
    }

    private static String words(VideoEvent event) {
        if (event.getKind() == VideoEventKind.FAILED) {
            return "the video failed: " + event.getMessage();
        }
        return "the video was cancelled after " + event.getFrames() + " frames"
                + (event.getMessage().isEmpty() ? "" : ": " + event.getMessage());
    }
}
