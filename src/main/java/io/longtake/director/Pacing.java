package io.longtake.director;

import io.longtake.event.PlayheadEvent;
import io.longtake.model.VideoPlan;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How far a video may be made: a bounded lead ahead of the viewer who is furthest in it, and to its end if nobody watches.
 * What is made never depends on it, only when.
 *
 * @param lead ahead of the playhead
 * @param reports servers that have viewers of this video, by their names
 */
record Pacing(Lead lead, SortedMap<String, ViewerReport> reports) {

    /** Servers come and go; whoever invents names must not fill the state. */
    private static final int MAX_SERVERS = 32;

    private static final int MAX_SOURCE_CHARACTERS = 64;

    Pacing {
        reports = Collections.unmodifiableSortedMap(new TreeMap<>(reports));
    }

    static Pacing unwatched(Lead lead) {
        return new Pacing(lead, new TreeMap<>());
    }

    boolean watched() {
        return !reports.isEmpty();
    }

    /** The frame of the viewer who is furthest in the video, of those who hold it; empty: there are none. */
    OptionalLong playhead() {
        return reports.values().stream()
                .filter(ViewerReport::holds)
                .mapToLong(ViewerReport::frame)
                .max();
    }

    /** Segments that may be made: 0 .. n-1. */
    int segments(VideoPlan plan) {
        OptionalLong playhead = playhead();
        if (playhead.isEmpty()) {
            return plan.segments();
        }
        long frames = playhead.getAsLong() + lead.frames(plan.frameRate());
        return (int) Math.min(plan.segments(), (frames + plan.segmentFrames() - 1) / plan.segmentFrames());
    }

    /**
     * After a server's news.
     *
     * @param edge frames in the video so far
     * @param now the director's time
     * @throws RejectedEventException if it says what cannot be
     */
    Pacing heard(PlayheadEvent news, VideoPlan plan, long edge, Instant now) {
        check(news);
        SortedMap<String, ViewerReport> more = new TreeMap<>(reports);
        if (news.getViewers() == 0) {
            more.remove(news.getSource());
        } else {
            ViewerReport next = ViewerReport.of(news, plan.totalFrames(), now);
            more.merge(news.getSource(), next, (before, same) -> before.then(same, edge, plan.frameRate()));
        }
        if (more.size() > MAX_SERVERS) {
            more.remove(oldest(more));
        }
        return new Pacing(lead, more);
    }

    /** Without servers that have been silent for too long; this one itself if there are none. */
    Pacing after(Instant now) {
        return reports.values().stream().noneMatch(report -> report.silent(now))
                ? this
                : new Pacing(
                        lead,
                        reports.entrySet().stream()
                                .filter(report -> !report.getValue().silent(now))
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, TreeMap::new)));
    }

    /**
     * Frames that the furthest of those who play has waited for a frame; 0: it was there in time.
     *
     * @param missing first frame of a segment that is in the video now
     * @param at when it came into the video
     */
    long waited(long missing, Instant at, int frameRate) {
        return reports.values().stream()
                .mapToLong(report -> report.waited(missing, at, frameRate))
                .max()
                .orElse(0);
    }

    /** Those who waited for a frame play on from it. */
    Pacing resumed(long missing, Instant at, int frameRate) {
        SortedMap<String, ViewerReport> more = new TreeMap<>(reports);
        more.replaceAll(
                (source, report) -> report.waited(missing, at, frameRate) > 0 ? report.resumed(missing, at) : report);
        return new Pacing(lead, more);
    }

    private static void check(PlayheadEvent news) {
        if (news.getSource().isEmpty() || news.getSource().length() > MAX_SOURCE_CHARACTERS) {
            throw new RejectedEventException("source must have 1 to " + MAX_SOURCE_CHARACTERS + " characters, found "
                    + news.getSource().length());
        }
        if (news.getViewers() < 0 || news.getFrame() < 0) {
            throw new RejectedEventException(
                    "viewers and frame must be from 0, found " + news.getViewers() + " and " + news.getFrame());
        }
    }

    private static String oldest(SortedMap<String, ViewerReport> reports) {
        return reports.entrySet().stream()
                .min(Comparator.comparing(report -> report.getValue().heard()))
                .orElseThrow()
                .getKey();
    }
}
