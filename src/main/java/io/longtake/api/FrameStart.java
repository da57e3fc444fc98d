package io.longtake.api;

import io.longtake.library.Film;
import io.longtake.library.Piece;

/** Where in a film a viewer begins. */
sealed interface FrameStart {

    /** Number of the piece to begin with. One that is not there yet is waited for, and then asked for again. */
    int piece(Film film);

    /**
     * How many frames it has, or does without: a film is made only so far ahead of its viewers, and one who comes back to the
     * edge must not hold it at the beginning. Whatever is beyond the film's edge means the edge.
     */
    long reached();

    /** Whether it would rather miss something than be late. */
    default boolean live() {
        return false;
    }

    /** With the segment that holds a frame. */
    record Frame(long frame) implements FrameStart {

        static final Frame FIRST = new Frame(0);

        @Override
        public int piece(Film film) {
            return frame >= film.reel().frames()
                    ? Math.max(1, film.reel().next())
                    : film.reel().segments().stream()
                            .filter(piece -> piece.firstFrame() + piece.frames() > frame)
                            .mapToInt(Piece::number)
                            .findFirst()
                            .orElseThrow();
        }

        @Override
        public long reached() {
            return frame;
        }
    }

    /** Behind a segment. */
    record After(int segment) implements FrameStart {

        @Override
        public int piece(Film film) {
            return segment + 2;
        }

        @Override
        public long reached() {
            return Long.MAX_VALUE;
        }
    }

    /** With the newest segment. */
    record Edge() implements FrameStart {

        @Override
        public int piece(Film film) {
            return Math.max(1, film.reel().next() - 1);
        }

        @Override
        public long reached() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean live() {
            return true;
        }
    }
}
