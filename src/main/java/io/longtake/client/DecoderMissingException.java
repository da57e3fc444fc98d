package io.longtake.client;

import io.longtake.video.Codec;

/** Frames were to be decoded, and FFmpeg is not on the class path. */
public final class DecoderMissingException extends RuntimeException {

    /** What brings FFmpeg's classes and its libraries for every system; {@code docs/clients.md} has its version. */
    private static final String ARTIFACT = "org.bytedeco:ffmpeg-platform";

    DecoderMissingException(Codec codec, LinkageError cause) {
        super(
                "frames in " + codec.wireName() + " need FFmpeg to be decoded: add " + ARTIFACT
                        + " to the class path, or org.bytedeco:javacpp and org.bytedeco:ffmpeg, each also with the"
                        + " classifier of your system; or take frames() as they are coded, or order the video raw",
                cause);
    }
}
