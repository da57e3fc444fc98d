package io.longtake.api;

import io.longtake.library.Film;
import io.longtake.library.Piece;
import java.util.function.Predicate;

/** Where a viewer is in a film, and what comes next for it. */
final class FrameCursor {

    private final FrameStart start;
    private final int liveLag;
    private boolean headed;
    private boolean begun;
    private int next;

    /** What to do for a viewer now. */
    sealed interface Step {

        /** Send it the film's header. */
        record Header(Piece piece) implements Step {}

        /** Send it a segment. */
        record Batch(Piece piece) implements Step {}

        /** Tell it that it was too slow: it goes on with a newer segment than the one that is its next. */
        record Missed(Piece from, Piece to) implements Step {}

        /** Wait for the film, unless that is over before. */
        record Wait(Predicate<Film> until) implements Step {}

        /** Tell it that no more comes. */
        record Over() implements Step {}
    }

    /** @param liveLag segments that a live viewer may be behind the newest */
    FrameCursor(FrameStart start, int liveLag) {
        this.start = start;
        this.liveLag = liveLag;
    }

    /** As the film stands; {@link #past} moves on. */
    Step next(Film film) {
        if (!headed) {
            return begins(film)
                    ? new Step.Header(film.reel().pieces().get(0))
                    : film.over() ? new Step.Over() : new Step.Wait(FrameCursor::begins);
        }
        if (!begun) {
            next = start.piece(film);
            begun = film.reel().has(next);
        }
        if (film.reel().has(next)) {
            return segment(film);
        }
        int number = next;
        return film.over()
                ? new Step.Over()
                : new Step.Wait(
                        begun
                                ? more -> more.reel().has(number)
                                : more -> more.reel().has(start.piece(more)));
    }

    /** The viewer has been given what a step says. */
    void past(Step step) {
        if (step instanceof Step.Header) {
            headed = true;
        } else if (step instanceof Step.Batch batch) {
            next = batch.piece().number() + 1;
        } else if (step instanceof Step.Missed missed) {
            next = missed.to().number();
        }
    }

    private Step segment(Film film) {
        Piece piece = film.reel().pieces().get(next);
        Piece newest = film.reel().pieces().get(film.reel().next() - 1);
        return start.live() && newest.number() - next >= liveLag
                ? new Step.Missed(piece, newest)
                : new Step.Batch(piece);
    }

    private static boolean begins(Film film) {
        return film.reel().playable() && film.video().frameRate() > 0;
    }
}
