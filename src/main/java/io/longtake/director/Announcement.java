package io.longtake.director;

import io.longtake.event.Shortened;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.time.Instant;
import java.util.Locale;

/** Puts what happened to a video into words: the {@link VideoEvent}s of one moment. */
record Announcement(String videoId, long totalFrames, int frameRate, Order order, Instant at) {

    /** Room for a reason that a worker gave, and for what the director says about it. */
    private static final int MESSAGE = 2 * Shortened.REASON;

    static Announcement of(Order order, Instant at) {
        return new Announcement(
                order.videoId(),
                order.plan().totalFrames(),
                order.model().video().fps(),
                order,
                at);
    }

    /** Of a video that never came to be, because its prompt event was refused. */
    static VideoEvent refused(String videoId, String reason, Instant at) {
        return new Announcement(videoId, 0, 0, null, at).failed(reason);
    }

    VideoEvent accepted() {
        return event(VideoEventKind.ACCEPTED)
                .setStages(order.pipeline().names())
                .setMessage(order.plan().segments() + " segments")
                .build();
    }

    /** @param worker who did it; empty if it is not known */
    VideoEvent stageDone(String stage, int segment, long frames, String worker) {
        return event(VideoEventKind.STAGE_DONE)
                .setStage(stage)
                .setSegment(segment)
                .setFrames(frames)
                .setMessage(worker)
                .build();
    }

    VideoEvent stitched(int segment, long frames) {
        return event(VideoEventKind.STITCHED)
                .setSegment(segment)
                .setFrames(frames)
                .build();
    }

    /** @param frames that the furthest viewer has waited */
    VideoEvent late(int segment, long frames) {
        return event(VideoEventKind.LATE)
                .setSegment(segment)
                .setFrames(frames)
                .setMessage(String.format(
                        Locale.ROOT,
                        "segment %d came %d frames (%.1f s) after its viewers",
                        segment,
                        frames,
                        (double) frames / frameRate))
                .build();
    }

    VideoEvent extended(long frames) {
        return event(VideoEventKind.EXTENDED).setFrames(frames).build();
    }

    VideoEvent finished() {
        return event(VideoEventKind.FINISHED).setFrames(totalFrames).build();
    }

    VideoEvent failed(String reason) {
        return event(VideoEventKind.FAILED)
                .setMessage(Shortened.text(reason, MESSAGE))
                .build();
    }

    VideoEvent cancelled(String reason, long frames) {
        return event(VideoEventKind.CANCELLED)
                .setFrames(frames)
                .setMessage(Shortened.text(reason, MESSAGE))
                .build();
    }

    private VideoEvent.Builder event(VideoEventKind kind) {
        return VideoEvent.newBuilder()
                .setVideoId(videoId)
                .setKind(kind)
                .setTotalFrames(totalFrames)
                .setFrameRate(frameRate)
                .setAt(at);
    }
}
