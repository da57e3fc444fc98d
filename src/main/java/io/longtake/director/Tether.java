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
 * How far a video may be made: a bounded lead ahead of the viewer who is furthest in it, and to its end where nobody watches.
 * What is made never depends on it, only when.
 *
 * @param lead ahead of the playhead
 * @param watchers servers that have viewers of this video, by their names
 */
record Tether(Lead lead, SortedMap<String, Watcher> watchers) {

    /** Servers come and go; whoever invents names must not fill the state. */
    private static final int MOST = 32;

    private static final int NAME = 64;

    Tether {
        watchers = Collections.unmodifiableSortedMap(new TreeMap<>(watchers));
    }

    static Tether unwatched(Lead lead) {
        return new Tether(lead, new TreeMap<>());
    }

    boolean watched() {
        return !watchers.isEmpty();
    }

    /** Segments that may be made: 0 .. n-1. */
    int segments(VideoPlan plan) {
        OptionalLong playhead = watchers.values().stream()
                .filter(Watcher::holds)
                .mapToLong(Watcher::frame)
                .max();
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
    Tether heard(PlayheadEvent news, VideoPlan plan, long edge, Instant now) {
        check(news);
        SortedMap<String, Watcher> more = new TreeMap<>(watchers);
        if (news.getViewers() == 0) {
            more.remove(news.getSource());
        } else {
            Watcher next = Watcher.of(news, plan.totalFrames(), now);
            more.merge(news.getSource(), next, (before, same) -> before.then(same, edge, plan.frameRate()));
        }
        if (more.size() > MOST) {
            more.remove(oldest(more));
        }
        return new Tether(lead, more);
    }

    /** Without servers that have been silent for too long; this tether itself where there are none. */
    Tether after(Instant now) {
        return watchers.values().stream().noneMatch(watcher -> watcher.silent(now))
                ? this
                : new Tether(
                        lead,
                        watchers.entrySet().stream()
                                .filter(watcher -> !watcher.getValue().silent(now))
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
        return watchers.values().stream()
                .mapToLong(watcher -> watcher.waited(missing, at, frameRate))
                .max()
                .orElse(0);
    }

    /** Those who waited for a frame play on from it. */
    Tether resumed(long missing, Instant at, int frameRate) {
        SortedMap<String, Watcher> more = new TreeMap<>(watchers);
        more.replaceAll((source, watcher) ->
                watcher.waited(missing, at, frameRate) > 0 ? watcher.resumed(missing, at) : watcher);
        return new Tether(lead, more);
    }

    private static void check(PlayheadEvent news) {
        if (news.getSource().isEmpty() || news.getSource().length() > NAME) {
            throw new RejectedEventException("source must have 1 to " + NAME + " characters, found "
                    + news.getSource().length());
        }
        if (news.getViewers() < 0 || news.getFrame() < 0) {
            throw new RejectedEventException(
                    "viewers and frame must be from 0, found " + news.getViewers() + " and " + news.getFrame());
        }
    }

    private static String oldest(SortedMap<String, Watcher> watchers) {
        return watchers.entrySet().stream()
                .min(Comparator.comparing(watcher -> watcher.getValue().heard()))
                .orElseThrow()
                .getKey();
    }
}
