package io.longtake.api;

import java.time.Duration;

/**
 * What one viewer, and all of them, may cost.
 *
 * @param viewers at a time, of all videos
 * @param viewersPerVideo at a time
 * @param batchesInFlight sent to a viewer that has not said that it has read them
 * @param bytesInFlight the same in bytes; one batch may always be on its way, however large
 * @param liveLag segments that a live viewer may be behind the newest before it is skipped ahead to that
 * @param stalled a viewer that takes nothing of what it was sent for so long is disconnected
 * @param heartbeat of silence
 */
record FrameLimits(
        int viewers,
        int viewersPerVideo,
        int batchesInFlight,
        int bytesInFlight,
        int liveLag,
        Duration stalled,
        Duration heartbeat) {

    FrameLimits {
        atLeastOne("viewers", viewers);
        atLeastOne("viewers-per-film", viewersPerVideo);
        atLeastOne("batches-in-flight", batchesInFlight);
        atLeastOne("bytes-in-flight", bytesInFlight);
        atLeastOne("live-lag", liveLag);
        atLeastASecond("stalled", stalled);
        atLeastASecond("heartbeat", heartbeat);
    }

    /** @throws IllegalArgumentException if one makes no sense */
    static FrameLimits of(FrameSettings settings) {
        return new FrameLimits(
                settings.viewers(),
                settings.viewersPerVideo(),
                settings.batchesInFlight(),
                settings.bytesInFlight(),
                settings.liveLag(),
                settings.stalled(),
                settings.heartbeat());
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("longtake.frames." + name + ": expected at least 1, got " + value);
        }
    }

    private static void atLeastASecond(String name, Duration value) {
        if (value.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "longtake.frames." + name + ": expected at least 1s, got " + value.toMillis() + "ms");
        }
    }
}
