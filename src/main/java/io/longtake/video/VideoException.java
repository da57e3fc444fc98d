package io.longtake.video;

/** Coding, decoding or multiplexing failed; the message says at what, and FFmpeg's own words. */
public final class VideoException extends RuntimeException {

    public VideoException(String message) {
        super(message);
    }
}
