package io.longtake.api;

import java.util.HashMap;
import java.util.Map;

/** How many viewers there are, of each video and in all. For many threads. */
final class ViewerLimit {

    private final FrameLimits limits;
    private final Map<String, Integer> taken = new HashMap<>();
    private int all;

    ViewerLimit(FrameLimits limits) {
        this.limits = limits;
    }

    /** @throws Problem 503 if none is free */
    synchronized void take(String videoId) {
        int video = taken.getOrDefault(videoId, 0);
        if (video >= limits.viewersPerVideo()) {
            throw full("video " + videoId + " has " + video + " viewers, the limit");
        }
        if (all >= limits.viewers()) {
            throw full("this server has " + all + " viewers, the limit");
        }
        taken.put(videoId, video + 1);
        all++;
    }

    synchronized void leave(String videoId) {
        if (taken.merge(videoId, -1, Integer::sum) == 0) {
            taken.remove(videoId);
        }
        all--;
    }

    synchronized int all() {
        return all;
    }

    private static Problem full(String detail) {
        return Problem.of(503, "too many viewers", detail + "; try again, or watch by HLS")
                .header("Retry-After", "5");
    }
}
