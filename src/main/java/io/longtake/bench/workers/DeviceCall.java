package io.longtake.bench.workers;

/**
 * A call of a simulated device.
 *
 * @param worker whose device it is
 * @param video by its seed
 * @param start {@link System#nanoTime}
 * @param end {@link System#nanoTime}
 */
public record DeviceCall(String worker, String stage, long video, int segment, long start, long end) {

    /** Nanoseconds of it within a time. */
    long within(long from, long to) {
        return Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
}
