package io.longtake.api;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletionStage;

/**
 * The way to one viewer. What is sent arrives in order. A stage is done when the network has taken the message, which it
 * does not while the viewer reads nothing; it fails when the viewer is gone.
 */
interface FrameConnection {

    CompletionStage<Void> text(String message);

    CompletionStage<Void> bytes(ByteBuffer run);

    /** Asks the viewer to say that it has read everything up to here: its pong carries the number. */
    CompletionStage<Void> ping(long number);

    /**
     * Ends it; again does nothing.
     *
     * @param code of RFC 6455, section 7.4
     * @param reason at most 123 bytes
     */
    void close(int code, String reason);

    /** Does something later, in the turn of this viewer: nothing else of it happens meanwhile. */
    void later(Runnable something);
}
