package io.longtake.library;

import io.longtake.event.PlayheadEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The viewers of one video, as far as this process serves them, and what the director was told of them last. */
final class VideoViewers {

    /** A player asks for its playlist again within seconds, also while it rests: after this long it is gone. */
    static final long PATIENCE = 15_000;

    /** Nothing new is said again after so long, for the director takes silence for a server that was killed. */
    static final long REMINDER = 5_000;

    /** Whoever comes later is shown the video, but not counted: memory is bounded. */
    private static final int MAX_VIEWERS = 10_000;

    private final Map<String, Viewer> viewers = new HashMap<>();
    /** Frames that were fetched by anybody; nothing before anybody did. */
    private long fetched = Long.MAX_VALUE;

    private PlayheadEvent told;

    /** Where a viewer is, who may be new. */
    void put(String name, Viewer viewer) {
        if (viewers.containsKey(name) || viewers.size() < MAX_VIEWERS) {
            viewers.put(name, viewer);
        }
    }

    /** Whether it was known. */
    boolean seenAgain(String name, long now) {
        return viewers.computeIfPresent(name, (same, viewer) -> viewer.seenAgain(now)) != null;
    }

    void remove(String name) {
        viewers.remove(name);
    }

    void clear() {
        viewers.clear();
    }

    /** Somebody has got the video up to a frame: whoever is furthest is the first to get any part of it. */
    void fetched(long frames) {
        fetched = fetched == Long.MAX_VALUE ? frames : Math.max(fetched, frames);
    }

    boolean empty() {
        return viewers.isEmpty();
    }

    /**
     * What the director should hear now, if anything.
     *
     * @param edge frames of the video that are here
     */
    Optional<PlayheadEvent> news(String videoId, String source, long edge, int frameRate, long now) {
        viewers.values().removeIf(viewer -> viewer.seen() < now - PATIENCE);
        viewers.replaceAll((name, viewer) -> viewer.settled(now, frameRate, limit(viewer, edge)));
        PlayheadEvent event = viewers.values().stream()
                .map(viewer -> event(videoId, source, viewer, edge, frameRate, now))
                .max(Comparator.comparingLong(PlayheadEvent::getFrame).thenComparing(PlayheadEvent::getPlaying))
                .orElseGet(() -> new PlayheadEvent(videoId, source, 0, 0L, false, Instant.ofEpochMilli(now)));
        if (!isNews(event, frameRate)) {
            return Optional.empty();
        }
        told = event;
        return Optional.of(event);
    }

    private PlayheadEvent event(String videoId, String source, Viewer viewer, long edge, int frameRate, long now) {
        long limit = limit(viewer, edge);
        long frame = viewer.frameAt(now, frameRate, limit);
        // one that could fetch more and does not rests, whatever the clock says
        boolean playing = viewer.playing() && (frame < limit || limit == edge);
        return new PlayheadEvent(videoId, source, viewers.size(), frame, playing, Instant.ofEpochMilli(now));
    }

    private long limit(Viewer viewer, long edge) {
        return viewer.told() ? edge : Math.min(edge, fetched);
    }

    private boolean isNews(PlayheadEvent event, int frameRate) {
        if (told == null || told.getViewers() == 0 || event.getViewers() == 0) {
            return (told != null && told.getViewers() > 0) != event.getViewers() > 0;
        }
        long second = Math.max(1, frameRate);
        return event.getFrame() / second != told.getFrame() / second
                || event.getPlaying() != told.getPlaying()
                || event.getAt().toEpochMilli() - told.getAt().toEpochMilli() >= REMINDER;
    }
}
