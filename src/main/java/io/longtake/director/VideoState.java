package io.longtake.director;

import io.longtake.event.CancelEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.SegmentStitched;
import io.longtake.event.StageResult;
import io.longtake.event.VideoStatus;
import java.time.Instant;

/**
 * Where a video stands. A state never changes: it answers what happened with a decision that holds the next state.
 * Whatever comes twice, or too late, changes nothing.
 */
public sealed interface VideoState permits Running, Ended {

    VideoStatus status();

    /** A worker has done, or given up, one stage of one segment. */
    Decision on(StageResult result, Instant at);

    /** The stitcher has put a segment into the video. */
    Decision on(SegmentStitched stitched, Instant at);

    /** Somebody wants the video no longer. */
    Decision on(CancelEvent cancel, Instant at);

    /**
     * A server tells where its viewers are.
     *
     * @param at the director's time: news are forgotten when no others come
     * @throws RejectedEventException if it tells what cannot be
     */
    Decision on(PlayheadEvent playhead, Instant at);

    /** There is a place for a task of it. */
    Decision send(TaskName task);

    /** Time goes by, without news of viewers. */
    Decision later(Instant now);

    /** A stage of a segment was asked for, and too long nothing has come of it ({@link Deadlines}). */
    Decision overdue(String stage, int segment, Instant at);

    /**
     * Somebody wants more of the video.
     *
     * @throws RejectedEventException if it is too late for that, or too much
     */
    Decision on(ExtendEvent extend, Instant at);
}
