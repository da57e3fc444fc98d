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
public final class Audience {

    /** One who takes frames and is here until it says that it leaves, such as a WebSocket. */
    public interface Seat extends AutoCloseable {

        /** It has taken the frames 0 .. n-1, or passed over them. */
        void took(long frames);

        @Override
        void close();
    }

    /** Where players begin that go to the live edge, in seconds before it: three parts (RFC 8216bis, PART-HOLD-BACK). */
    private static final int HOLD_BACK = 3;

    private final Shelf shelf;
    private final String source;
    private final LongSupplier clock;
    private final Map<String, Auditorium> auditoriums = new HashMap<>();
    private long seats;

    /**
     * @param source a name that no other process has
     * @param clock milliseconds since 1970
     */
    public Audience(Shelf shelf, String source, LongSupplier clock) {
        this.shelf = shelf;
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
        if (video.over() || !video.reel().playable()) {
            return;
        }
        long now = clock.getAsLong();
        Auditorium auditorium = of(video.id());
        if (!auditorium.seenAgain(viewer, now)) {
            long edge = video.reel().frames();
            int rate = video.history().frameRate();
            Viewer fromStart = new Viewer(0, Math.min(now, Math.max(0, since)), true, false, now);
            auditorium.put(
                    viewer,
                    live
                            ? new Viewer(Math.max(0, edge - (long) HOLD_BACK * rate), now, true, false, now)
                            : new Viewer(fromStart.frameAt(now, rate, edge), now, true, false, now));
        }
    }

    /** Somebody has been given a fragment of a video. */
    public synchronized void fetched(LibraryVideo video, StoredFragment fragment) {
        Auditorium auditorium = auditoriums.get(video.id());
        if (auditorium != null) {
            auditorium.fetched(fragment.firstFrame() + fragment.frames());
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
            long shown = Math.min(frame, video.reel().frames());
            of(video.id()).put(viewer, new Viewer(shown, now, playing, true, now));
        }
    }

    /** For one who takes frames of a video as they come; it has taken none yet. */
    public synchronized Seat seat(String videoId) {
        String name = "seat " + seats++; // no viewer's name has a space
        take(videoId, name, 0);
        return new Seat() {
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
        for (Iterator<Map.Entry<String, Auditorium>> all =
                        auditoriums.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<String, Auditorium> entry = all.next();
            LibraryVideo video =
                    shelf.find(entry.getKey()).filter(found -> !found.over()).orElse(null);
            if (video == null) {
                all.remove();
                continue;
            }
            entry.getValue()
                    .news(
                            video.id(),
                            source,
                            video.reel().frames(),
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
        auditoriums.values().forEach(Auditorium::clear);
        return news();
    }

    private synchronized void take(String videoId, String seat, long frames) {
        of(videoId).put(seat, new Viewer(frames, clock.getAsLong(), false, true, Viewer.SEATED));
    }

    private synchronized void leave(String videoId, String seat) {
        Auditorium auditorium = auditoriums.get(videoId);
        if (auditorium != null) {
            auditorium.remove(seat);
        }
    }

    private Auditorium of(String videoId) {
        return auditoriums.computeIfAbsent(videoId, id -> new Auditorium());
    }
}
