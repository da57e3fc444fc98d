package io.longtake.api;

import io.longtake.library.StoredFragment;
import io.micrometer.core.instrument.Metrics;

/**
 * What viewers over WebSockets cost and lose: {@code longtake.frames.viewers} now; {@code longtake.frames.delivered} and
 * {@code longtake.frames.missed}, frames; {@code longtake.frames.stalled}, viewers that were sent away.
 */
final class FrameMeters {

    private FrameMeters() {}

    /** @param viewerLimit to be kept by somebody: a gauge does not */
    static void viewers(ViewerLimit viewerLimit) {
        Metrics.gauge("longtake.frames.viewers", viewerLimit, ViewerLimit::all);
    }

    static void delivered(StoredFragment fragment) {
        Metrics.counter("longtake.frames.delivered").increment(fragment.frames());
    }

    static void missed(long frames) {
        Metrics.counter("longtake.frames.missed").increment(frames);
    }

    static void stalled() {
        Metrics.counter("longtake.frames.stalled").increment();
    }
}
