package io.longtake.video;

import io.longtake.tensor.Frames;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a video frame by frame. Not for use by several threads. */
public sealed interface VideoReader extends AutoCloseable permits CodedVideoReader, RawVideoReader {

    /**
     * A video in a container that says what it holds (MP4, Matroska), or a bare H.264 stream.
     *
     * @throws VideoException if it can not be read
     */
    static VideoReader open(Path video) {
        return new CodedVideoReader(video);
    }

    /**
     * A video of bare 8-bit RGB.
     *
     * @throws VideoException if it can not be read
     */
    static VideoReader openRaw(Path video, int width, int height, int frameRate) {
        return new RawVideoReader(video, width, height, frameRate);
    }

    int width();

    int height();

    /** Frames per second, as the video says; 0 if it does not. */
    int frameRate();

    /**
     * The next frame, alone; nothing at the end.
     *
     * @throws VideoException if the video is broken here
     */
    Optional<Frames> next();

    /** When the frame that {@link #next()} gave last is shown, in microseconds; -1 if the video does not say. */
    long microseconds();

    @Override
    void close();
}
