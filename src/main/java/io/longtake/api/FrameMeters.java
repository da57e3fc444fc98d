package io.longtake.api;

import io.longtake.library.Piece;
import io.micrometer.core.instrument.Metrics;
import java.util.function.IntSupplier;

/**
 * What viewers over WebSockets cost and lose: {@code longtake.frames.viewers} now; {@code longtake.frames.delivered} and
 * {@code longtake.frames.missed}, frames; {@code longtake.frames.stalled}, viewers that were sent away.
 */
final class FrameMeters {

    private FrameMeters() {}

    static void viewers(IntSupplier now) {
        Metrics.gauge("longtake.frames.viewers", now, IntSupplier::getAsInt);
    }

    static void delivered(Piece piece) {
        Metrics.counter("longtake.frames.delivered").increment(piece.frames());
    }

    static void missed(long frames) {
        Metrics.counter("longtake.frames.missed").increment(frames);
    }

    static void stalled() {
        Metrics.counter("longtake.frames.stalled").increment();
    }
}
