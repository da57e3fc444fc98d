package io.longtake.cli;

/** The film came to an end before it was whole. */
final class FilmEndedException extends RuntimeException {

    FilmEndedException(String message) {
        super(message);
    }
}
