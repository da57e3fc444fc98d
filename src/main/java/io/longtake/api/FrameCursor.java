package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.longtake.library.StoredFragment;
import java.util.function.Predicate;

/** Where a viewer is in a video, and what comes next for it. */
final class FrameCursor {

    private final FrameStart start;
    private final int liveLag;
    private boolean headed;
    private boolean begun;
    private int next;

    /** What to do for a viewer now. */
    sealed interface CursorStep {

        /** Send it the video's header. */
        record SendHeader(StoredFragment fragment) implements CursorStep {}

        /** Send it a segment. */
        record SendBatch(StoredFragment fragment) implements CursorStep {}

        /** Tell it that it was too slow: it goes on with a newer segment than the one that is its next. */
        record SkipAhead(StoredFragment from, StoredFragment to) implements CursorStep {}

        /** Wait for the video, unless that is over before. */
        record Wait(Predicate<LibraryVideo> until) implements CursorStep {}

        /** Tell it that no more comes. */
        record Over() implements CursorStep {}
    }

    /** @param liveLag segments that a live viewer may be behind the newest */
    FrameCursor(FrameStart start, int liveLag) {
        this.start = start;
        this.liveLag = liveLag;
    }

    /** As the video stands; {@link #past} moves on. */
    CursorStep next(LibraryVideo video) {
        if (!headed) {
            return begins(video)
                    ? new CursorStep.SendHeader(video.fragments().all().get(0))
                    : video.over() ? new CursorStep.Over() : new CursorStep.Wait(FrameCursor::begins);
        }
        if (!begun) {
            next = start.fragment(video);
            begun = video.fragments().has(next);
        }
        if (video.fragments().has(next)) {
            return segment(video);
        }
        int number = next;
        return video.over()
                ? new CursorStep.Over()
                : new CursorStep.Wait(
                        begun
                                ? more -> more.fragments().has(number)
                                : more -> more.fragments().has(start.fragment(more)));
    }

    /** The viewer has been given what a step says. */
    void past(CursorStep step) {
        if (step instanceof CursorStep.SendHeader) {
            headed = true;
        } else if (step instanceof CursorStep.SendBatch batch) {
            next = batch.fragment().number() + 1;
        } else if (step instanceof CursorStep.SkipAhead missed) {
            next = missed.to().number();
        }
    }

    private CursorStep segment(LibraryVideo video) {
        StoredFragment fragment = video.fragments().all().get(next);
        StoredFragment newest = video.fragments().all().get(video.fragments().next() - 1);
        return start.live() && newest.number() - next >= liveLag
                ? new CursorStep.SkipAhead(fragment, newest)
                : new CursorStep.SendBatch(fragment);
    }

    private static boolean begins(LibraryVideo video) {
        return video.fragments().playable() && video.history().frameRate() > 0;
    }
}
