package io.longtake.library;

import io.longtake.event.PlayheadEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Who watches which video, and how far they are, so that videos are made just ahead of them. A viewer is a name that the
 * addresses of its playlists carry, kept in memory only, until seconds after its last request.
 *
 * <p>Where a viewer is: where it says ({@link #says}); otherwise as far as it can have played since it came ({@link #watches}),
 * and no further than anybody has fetched the video: players load minutes ahead, and what they have loaded they have not shown.
 * Safe for many threads; nothing here waits.
 */
public final class Viewers {

    /** One who takes frames and is here until it says that it leaves, such as a WebSocket. */
    public interface ConnectedViewer extends AutoCloseable {

        /** It has taken the frames 0 .. n-1, or passed over them. */
        void took(long frames);

        @Override
        void close();
    }

    /** Where players begin that go to the live edge, in seconds before it: three parts (RFC 8216bis, PART-HOLD-BACK). */
    private static final int HOLD_BACK = 3;

    private final LibraryVideos videos;
    private final String source;
    private final LongSupplier clock;
    private final Map<String, VideoViewers> byVideo = new HashMap<>();
    private long connections;

    /**
     * @param source a name that no other process has
     * @param clock milliseconds since 1970
     */
    public Viewers(LibraryVideos videos, String source, LongSupplier clock) {
        this.videos = videos;
        this.source = source;
        this.clock = clock;
    }

    /**
     * A player asks for a video's playlist.
     *
     * @param live whether it plays from the live edge, otherwise from the beginning
     * @param since milliseconds since 1970: when it began, perhaps with another server
     */
    public synchronized void watches(LibraryVideo video, String viewer, boolean live, long since) {
        if (video.over() || !video.fragments().playable()) {
            return;
        }
        long now = clock.getAsLong();
        VideoViewers viewers = of(video.id());
        if (!viewers.seenAgain(viewer, now)) {
            long edge = video.fragments().frames();
            int rate = video.history().frameRate();
            Viewer fromStart = new Viewer(0, Math.min(now, Math.max(0, since)), true, false, now);
            viewers.put(
                    viewer,
                    live
                            ? new Viewer(Math.max(0, edge - (long) HOLD_BACK * rate), now, true, false, now)
                            : new Viewer(fromStart.frameAt(now, rate, edge), now, true, false, now));
        }
    }

    /** Somebody has been given a fragment of a video. */
    public synchronized void fetched(LibraryVideo video, StoredFragment fragment) {
        VideoViewers viewers = byVideo.get(video.id());
        if (viewers != null) {
            viewers.fetched(fragment.firstFrame() + fragment.frames());
        }
    }

    /**
     * A player says where it is.
     *
     * @param frame that it shows
     * @param playing whether it goes on, or would if there were more
     */
    public synchronized void says(LibraryVideo video, String viewer, long frame, boolean playing) {
        if (!video.over()) {
            long now = clock.getAsLong();
            long shown = Math.min(frame, video.fragments().frames());
            of(video.id()).put(viewer, new Viewer(shown, now, playing, true, now));
        }
    }

    /** For one who takes frames of a video as they come; it has taken none yet. */
    public synchronized ConnectedViewer connect(String videoId) {
        String name = "viewer " + connections++; // no viewer's name has a space
        take(videoId, name, 0);
        return new ConnectedViewer() {
            @Override
            public void took(long frames) {
                take(videoId, name, frames);
            }

            @Override
            public void close() {
                leave(videoId, name);
            }
        };
    }

    /** What the director should hear: to be asked every second. */
    public synchronized List<PlayheadEvent> news() {
        long now = clock.getAsLong();
        List<PlayheadEvent> news = new ArrayList<>();
        for (Iterator<Map.Entry<String, VideoViewers>> all = byVideo.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<String, VideoViewers> entry = all.next();
            LibraryVideo video =
                    videos.find(entry.getKey()).filter(found -> !found.over()).orElse(null);
            if (video == null) {
                all.remove();
                continue;
            }
            entry.getValue()
                    .news(
                            video.id(),
                            source,
                            video.fragments().frames(),
                            video.history().frameRate(),
                            now)
                    .ifPresent(news::add);
            if (entry.getValue().empty()) {
                all.remove();
            }
        }
        return news;
    }

    /** This process serves nobody any more: what the director should hear of that. */
    public synchronized List<PlayheadEvent> farewell() {
        byVideo.values().forEach(VideoViewers::clear);
        return news();
    }

    private synchronized void take(String videoId, String viewer, long frames) {
        of(videoId).put(viewer, new Viewer(frames, clock.getAsLong(), false, true, Viewer.CONNECTED));
    }

    private synchronized void leave(String videoId, String viewer) {
        VideoViewers viewers = byVideo.get(videoId);
        if (viewers != null) {
            viewers.remove(viewer);
        }
    }

    private VideoViewers of(String videoId) {
        return byVideo.computeIfAbsent(videoId, id -> new VideoViewers());
    }
}
