package io.longtake.library;

import io.longtake.event.VideoEventKind;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How fast a video comes, and how long to wait so that it then plays to its end without a stop.
 *
 * @param realTimeFactor seconds of video that come in a second; empty if less than two segments have come
 * @param smoothStartIn seconds from now until playback from the beginning would never wait; 0: at once; empty: not known yet
 */
public record Pace(OptionalDouble realTimeFactor, OptionalDouble smoothStartIn) {

    /** So many latest segments tell the present pace: other videos come and go. */
    private static final int MEASURED = 12;

    /** A pace wavers: the rest is expected to take a tenth longer than measured. */
    private static final double CAUTION = 1.1;

    /** Frames that were in the video at a time, in milliseconds since 1970. */
    private record Mark(long at, long frames) {}

    /** @param now milliseconds since 1970 */
    public static Pace of(LibraryVideo video, long now) {
        if (video.over()) {
            return new Pace(overall(video), OptionalDouble.of(0));
        }
        List<Mark> marks = marks(video);
        if (marks.size() < 2 || video.history().frameRate() < 1) {
            return new Pace(OptionalDouble.empty(), OptionalDouble.empty());
        }
        Mark first = marks.get(0);
        Mark last = marks.get(marks.size() - 1);
        double perSecond = perSecond(last.frames() - first.frames(), last.at() - first.at());
        return new Pace(
                OptionalDouble.of(perSecond / video.history().frameRate()),
                OptionalDouble.of(wait(video.history(), last, perSecond, now)));
    }

    /**
     * With n of N frames here, r coming and f shown a second, playback that starts at t waits for no segment if each is here
     * when its first frame is due. A segment that begins with frame a and ends before b is here in (b - n) / r and due at
     * t + a / f. Both are linear in a, so the next and the last segment decide.
     */
    private static double wait(VideoHistory history, Mark last, double perSecond, long now) {
        double rate = perSecond / CAUTION;
        long rest = history.totalFrames() - last.frames();
        long segment = Math.min(rest, history.frameRate());
        double next = segment / rate - (double) last.frames() / history.frameRate();
        double end = rest / rate - (double) (history.totalFrames() - segment) / history.frameRate();
        // the next segment is under way since the last one came, and no more than that: it may be late
        double begun = Math.max(0, Math.min((now - last.at()) / 1000.0, segment / rate));
        return Math.max(0, Math.max(next, end) - begun);
    }

    private static OptionalDouble overall(LibraryVideo video) {
        VideoHistory history = video.history();
        long frames = video.fragments().frames()
                - (video.fragments().playable()
                        ? video.fragments().segments().get(0).frames()
                        : 0);
        boolean told = history.firstAt() > 0 && history.endedAt() > history.firstAt() && history.frameRate() > 0;
        return told && frames > 0
                ? OptionalDouble.of(perSecond(frames, history.endedAt() - history.firstAt()) / history.frameRate())
                : OptionalDouble.empty();
    }

    private static List<Mark> marks(LibraryVideo video) {
        List<Mark> all = video.news().stream()
                .map(StoredEvent::event)
                .filter(event -> event.getKind() == VideoEventKind.STITCHED)
                .map(event -> new Mark(event.getAt().toEpochMilli(), event.getFrames()))
                .toList();
        return all.subList(Math.max(0, all.size() - MEASURED), all.size());
    }

    /** Times are whole milliseconds, and those of two segments may be the same. */
    private static double perSecond(long frames, long millis) {
        return 1000.0 * frames / Math.max(1, millis);
    }
}
