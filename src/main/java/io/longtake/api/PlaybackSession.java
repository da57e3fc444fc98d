package io.longtake.api;

import io.longtake.library.LibraryVideo;
import io.longtake.library.Viewers;
import java.util.UUID;

/**
 * One playback of a video, as the addresses of its playlists carry it: they are never cached, whereas the fragments that all
 * viewers share have addresses without it.
 *
 * @param viewer a name for this playback, which says nothing about whose it is; empty: one of those without
 * @param since milliseconds since 1970: when it began
 */
record PlaybackSession(Playlist.PlaylistStart start, String viewer, long since) {

    /** What a viewer's name looks like. */
    static final String NAME = "^[A-Za-z0-9_-]{1,64}$";

    static final String NAME_EXPECTED = "must be 1 to 64 letters, digits, - or _";

    /** What a time looks like. */
    static final String TIME = "^[0-9]{1,15}$";

    private static final int MADE_UP = 8;
    private static final long NOT_YET = Long.MAX_VALUE;

    /** As the master playlist is asked for: with a name of the player's, or one that is made up here. */
    static PlaybackSession begins(String start, String viewer) {
        String name = viewer == null ? UUID.randomUUID().toString().substring(0, MADE_UP) : name(viewer);
        return new PlaybackSession(start(start), name, NOT_YET);
    }

    /** As the media playlist is asked for. */
    static PlaybackSession goesOn(String start, String viewer, String since, long now) {
        String name = viewer == null ? "" : name(viewer);
        return new PlaybackSession(start(start), name, since == null ? now : time(since));
    }

    /** @throws Problem 400 if that is no name of a viewer */
    static String name(String viewer) {
        if (!viewer.matches(NAME)) {
            throw Problem.field("viewer", viewer, NAME_EXPECTED);
        }
        return viewer;
    }

    /** Of the media playlist's address, for a playback that begins now: whoever waited for the first picture saw nothing yet. */
    String query(long now) {
        return "?" + (start == Playlist.PlaylistStart.LIVE ? "start=live&" : "") + "viewer=" + viewer + "&since=" + now;
    }

    void to(LibraryVideo video, Viewers viewers) {
        viewers.watches(video, viewer, start == Playlist.PlaylistStart.LIVE, since);
    }

    private static Playlist.PlaylistStart start(String start) {
        return switch (start) {
            case "0" -> Playlist.PlaylistStart.BEGINNING;
            case "live" -> Playlist.PlaylistStart.LIVE;
            default -> throw Problem.field("start", start, "must be 0 or live");
        };
    }

    private static long time(String since) {
        if (!since.matches(TIME)) {
            throw Problem.field("since", since, "must be milliseconds since 1970");
        }
        return Long.parseLong(since);
    }
}
