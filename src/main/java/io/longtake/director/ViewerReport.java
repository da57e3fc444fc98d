package io.longtake.director;

import io.longtake.event.PlayheadEvent;
import java.time.Duration;
import java.time.Instant;

/**
 * What one server has told of its viewers.
 *
 * @param frame the furthest playhead among them
 * @param playing whether it goes on from there at the video's rate
 * @param since when it was at that frame, by the server's clock
 * @param heard when the server was heard last, by the director's
 * @param moved when it was first heard to be at that frame, by the director's
 */
record ViewerReport(long frame, boolean playing, Instant since, Instant heard, Instant moved) {

    /** Servers speak every five seconds while anybody watches: one that does not was killed, or cut off. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    /**
     * Who rests for longer counts as gone: what a held video's next segment is made of is kept for six hours (the topic of
     * latents), and then it could not go on at all.
     */
    private static final Duration REST = Duration.ofHours(2);

    /** Clocks that differ by more are wrong: what they say about time is not believed. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    static ViewerReport of(PlayheadEvent news, long totalFrames, Instant now) {
        Instant at = news.getAt();
        boolean plausible = at.isAfter(now.minus(SKEW)) && at.isBefore(now.plus(SKEW));
        return new ViewerReport(
                Math.min(news.getFrame(), totalFrames), news.getPlaying(), plausible ? at : now, now, now);
    }

    boolean silent(Instant now) {
        return heard.plus(SILENCE).isBefore(now);
    }

    /** Whether a video waits for it. */
    boolean holds() {
        return !heard.isAfter(moved.plus(REST));
    }

    /** When it gets to a frame, if it plays on. */
    Instant reaches(long later, int frameRate) {
        return since.plusMillis((later - frame) * 1000 / frameRate);
    }

    /**
     * Frames that it could have played since it stood before one that was not there yet. One that is beyond it already got it
     * before the director heard of it.
     */
    long waited(long missing, Instant at, int frameRate) {
        long waited = Duration.between(reaches(missing, frameRate), at).toMillis() * frameRate / 1000;
        return playing && frame <= missing ? Math.max(0, waited) : 0;
    }

    /** Plays on from a frame that it was waiting for. */
    ViewerReport resumed(long from, Instant at) {
        return new ViewerReport(from, true, at, heard, from == frame ? moved : heard);
    }

    /**
     * After the same server's next news. A player that waits at the edge of the video tells again and again that it is there: it
     * waits since it came there, not since it said so.
     */
    ViewerReport then(ViewerReport next, long edge, int frameRate) {
        boolean waits = playing && next.playing && next.frame == edge && frame <= edge;
        Instant came = reaches(edge, frameRate);
        Instant there = next.frame == frame ? moved : next.moved;
        return waits && came.isBefore(next.since)
                ? new ViewerReport(edge, true, came, next.heard, there)
                : new ViewerReport(next.frame, next.playing, next.since, next.heard, there);
    }
}
