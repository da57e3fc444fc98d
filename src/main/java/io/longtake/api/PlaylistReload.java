package io.longtake.api;

import io.longtake.library.LibraryVideo;

/**
 * What a player waits for when it asks for a playlist again: the delivery directives {@code _HLS_msn} and {@code _HLS_part}
 * (draft-pantos-hls-rfc8216bis, section 6.2.5.2).
 *
 * @param fragment number of the fragment that the answer must have; 1 where the player does not say: no playlist is empty
 */
record PlaylistReload(int fragment) {

    /** How far beyond the edge a player may ask. */
    private static final int AHEAD = 2;

    /**
     * @param sequence media sequence number, from 0; null: no matter
     * @param part of that segment, from 0; a segment has one, so a later one is the first of the next; null: all of it
     * @throws Problem 400 if the directives are not as the specification says
     */
    static PlaylistReload of(String sequence, String part) {
        if (sequence == null && part != null) {
            throw Problem.field("_HLS_part", part, "needs _HLS_msn beside it");
        }
        if (sequence == null) {
            return new PlaylistReload(1);
        }
        int later = part == null || Numbers.whole("_HLS_part", part) == 0 ? 0 : 1;
        return new PlaylistReload(Numbers.whole("_HLS_msn", sequence) + 1 + later);
    }

    /**
     * The directive {@code _HLS_skip} (section 6.2.5.1).
     *
     * @return whether the player asks for a delta update
     * @throws Problem 400 if it is none that the specification has
     */
    static boolean isDelta(String skip) {
        if (skip != null && !skip.equals("YES") && !skip.equals("v2")) {
            throw Problem.field("_HLS_skip", skip, "must be YES or v2");
        }
        return skip != null;
    }

    /** Whether this video need not be waited for. */
    boolean satisfiedBy(LibraryVideo video) {
        return video.over()
                || (video.fragments().playable()
                        && video.fragments().has(fragment)
                        && video.history().frameRate() > 0);
    }

    /** @throws Problem 400 if so much can not come soon */
    PlaylistReload within(LibraryVideo video) {
        int edge = video.fragments().next() - 1;
        if (!video.over() && fragment > Math.max(1, edge + AHEAD)) {
            throw Problem.field(
                    "_HLS_msn", fragment - 1, "is more than " + AHEAD + " beyond the last segment, " + (edge - 1));
        }
        return this;
    }
}
