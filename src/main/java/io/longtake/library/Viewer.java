package io.longtake.library;

/**
 * One who watches a video: the frame where it was at a time, and whether it goes on from there.
 *
 * @param frame the one that it saw
 * @param at milliseconds since 1970: when
 * @param playing at the video's frame rate
 * @param told whether it says itself where it is; otherwise it is taken to have played since it came
 * @param seen milliseconds since 1970: when it was here last
 */
record Viewer(long frame, long at, boolean playing, boolean told, long seen) {

    /** Of those who need not come again to be here. */
    static final long CONNECTED = Long.MAX_VALUE;

    Viewer seenAgain(long now) {
        return new Viewer(frame, at, playing, told, Math.max(seen, now));
    }

    /** The frame that it is at; beyond a limit nobody can be, and whoever gets there waits. */
    long frameAt(long now, int frameRate, long limit) {
        long played = playing ? Math.max(0, now - at) * frameRate / 1000 : 0;
        return Math.min(limit, frame + played);
    }

    /** Having waited at a limit, it goes on from there; whoever did not get there is as it was. */
    Viewer settled(long now, int frameRate, long limit) {
        return playing && frameAt(now, frameRate, Long.MAX_VALUE) > limit
                ? new Viewer(limit, now, true, told, seen)
                : this;
    }
}
