package io.longtake.bench.viewers;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How far each viewer is. For many threads. */
final class ViewerProgress {

    private final Map<BenchViewer, Long> seen = new HashMap<>();

    synchronized void seen(BenchViewer viewer, long frames) {
        seen.put(viewer, frames);
        notifyAll();
    }

    /** Waits until so many viewers have so many frames. Whether they have. */
    synchronized boolean await(int viewers, long frames, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (seen.values().stream().filter(count -> count >= frames).count() < viewers) {
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }
}
