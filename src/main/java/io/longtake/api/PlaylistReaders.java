package io.longtake.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longtake.library.LibraryVideo;
import java.time.Duration;

/** What viewers were told of videos last, to know whether there is anything new for them. For many threads. */
final class PlaylistReaders {

    private static final int KEPT = 10_000;

    /** Whoever has not asked for so long begins anew. */
    private static final Duration GONE = Duration.ofMinutes(1);

    private final Cache<Reader, Integer> told =
            Caffeine.newBuilder().maximumSize(KEPT).expireAfterAccess(GONE).build();

    private record Reader(String videoId, String viewer) {}

    /** A viewer without a name is told everything at any time: there is no telling what it knows. */
    void tell(LibraryVideo video, PlaybackSession session) {
        if (!session.viewer().isEmpty()) {
            told.put(new Reader(video.id(), session.viewer()), video.fragments().next());
        }
    }

    /** Whether a viewer knows everything that there is, and there may be more. */
    boolean awaitsMore(LibraryVideo video, PlaybackSession session) {
        Integer known = told.getIfPresent(new Reader(video.id(), session.viewer()));
        return known != null && !video.over() && video.fragments().next() <= known;
    }
}
