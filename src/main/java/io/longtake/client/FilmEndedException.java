package io.longtake.client;

import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;

/** The film came to an end before it was whole: it failed, or it was cancelled. The message says after how much, and why. */
public final class FilmEndedException extends RuntimeException {

    private final VideoEvent event;

    FilmEndedException(VideoEvent event) {
        super(words(event));
        this.event = event;
    }

    /** The event that says so, of kind FAILED or CANCELLED. */
    public VideoEvent event() {
        return event;
    }

    private static String words(VideoEvent event) {
        if (event.getKind() == VideoEventKind.FAILED) {
            return "the film failed: " + event.getMessage();
        }
        return "the film was cancelled after " + event.getFrames() + " frames"
                + (event.getMessage().isEmpty() ? "" : ": " + event.getMessage());
    }
}
