package io.longtake.video;

import io.longtake.tensor.Frames;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a film frame by frame. Not for use by several threads. */
public sealed interface FilmReader extends AutoCloseable permits CodedFilmReader, RawFilmReader {

    /**
     * A film in a container that says what it holds (MP4, Matroska), or a bare H.264 stream.
     *
     * @throws VideoException if it can not be read
     */
    static FilmReader open(Path film) {
        return new CodedFilmReader(film);
    }

    /**
     * A film of bare 8-bit RGB.
     *
     * @throws VideoException if it can not be read
     */
    static FilmReader openRaw(Path film, int width, int height, int frameRate) {
        return new RawFilmReader(film, width, height, frameRate);
    }

    int width();

    int height();

    /** Frames per second, as the film says; 0 where it does not. */
    int frameRate();

    /**
     * The next frame, alone; nothing at the end.
     *
     * @throws VideoException if the film is broken here
     */
    Optional<Frames> next();

    /** When the frame that {@link #next()} gave last is shown, in microseconds; -1 where the film does not say. */
    long microseconds();

    @Override
    void close();
}
