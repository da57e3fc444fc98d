package io.longtake.director;

import io.longtake.event.CancelEvent;
import io.longtake.event.ExtendEvent;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.SegmentStitched;
import io.longtake.event.StageResult;
import io.longtake.event.VideoStatus;
import java.time.Instant;

/** A video that is finished, failed or cancelled. Remembered, so that a prompt event sent again starts nothing. */
public record Ended(Order order, VideoStatus status, int stitched) implements VideoState {

    public Ended {
        if (status == VideoStatus.RUNNING) {
            throw new IllegalArgumentException("status: an ended video cannot be RUNNING");
        }
    }

    @Override
    public Decision on(StageResult result, Instant at) {
        return Decision.unchanged(this);
    }

    @Override
    public Decision on(SegmentStitched stitched, Instant at) {
        return Decision.unchanged(this);
    }

    @Override
    public Decision on(CancelEvent cancel, Instant at) {
        return Decision.unchanged(this);
    }

    @Override
    public Decision on(PlayheadEvent playhead, Instant at) {
        return Decision.unchanged(this);
    }

    @Override
    public Decision send(TaskName task) {
        return Decision.unchanged(this);
    }

    @Override
    public Decision later(Instant now) {
        return Decision.unchanged(this);
    }

    @Override
    public Decision overdue(String stage, int segment, Instant at) {
        return Decision.unchanged(this);
    }

    @Override
    public Decision on(ExtendEvent extend, Instant at) {
        throw new RejectedEventException("video_id " + order.videoId() + ": cannot extend a video that is " + status
                + "; extend it while it runs, or send a new prompt event");
    }
}
