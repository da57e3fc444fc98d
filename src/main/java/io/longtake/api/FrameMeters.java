package io.longtake.api;

import io.longtake.library.StoredFragment;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What viewers over WebSockets cost and lose: {@code longtake.frames.viewers} now; {@code longtake.frames.delivered} and
 * {@code longtake.frames.missed}, frames; {@code longtake.frames.stalled}, viewers that were sent away.
 */
record FrameMeters(MeterRegistry registry) {

    /** @param viewerLimit to be kept by somebody: a gauge does not */
    void viewers(ViewerLimit viewerLimit) {
        registry.gauge("longtake.frames.viewers", viewerLimit, ViewerLimit::all);
    }

    void delivered(StoredFragment fragment) {
        registry.counter("longtake.frames.delivered").increment(fragment.frames());
    }

    void missed(long frames) {
        registry.counter("longtake.frames.missed").increment(frames);
    }

    void stalled() {
        registry.counter("longtake.frames.stalled").increment();
    }
}
