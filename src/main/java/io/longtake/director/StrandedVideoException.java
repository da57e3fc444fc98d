package io.longtake.director;

import io.longtake.event.PromptEvent;

/** A video cannot go on, whatever happens to it: what is stored of it is of no use here. The message says why. */
final class StrandedVideoException extends RuntimeException {

    private StrandedVideoException(String message, Throwable cause) {
        super(message, cause);
    }

    static StrandedVideoException modelChanged(PromptEvent order, String digest) {
        return new StrandedVideoException(
                "model " + order.getModel() + " with digest " + digest
                        + " is no longer installed; the video was planned"
                        + " with it and cannot be finished with another",
                null);
    }

    static StrandedVideoException unreadable(RuntimeException why) {
        return new StrandedVideoException("its state cannot be read: " + why.getMessage(), why);
    }
}
