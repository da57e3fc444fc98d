package io.longtake.diffusion;

import java.util.Arrays;

/**
 * The times that a sampler visits, noisiest first. Point i is the state before step i; point {@code steps()} is the clean
 * end, time -1.
 */
public final class Course {

    private final NoiseSchedule schedule;
    private final int[] times;

    private Course(NoiseSchedule schedule, int[] times) {
        this.schedule = schedule;
        this.times = times;
    }

    /** Starts at the last time, as zero-SNR and v models need: round(steps - i * steps / count) - 1, for i = 0 … count-1. */
    public static Course trailing(NoiseSchedule schedule, int count) {
        check(schedule, count);
        int[] times = new int[count];
        for (int i = 0; i < count; i++) {
            // Halves to even, as NumPy rounds.
            times[i] = (int) Math.rint((count - i) * ((double) schedule.steps() / count)) - 1;
        }
        return new Course(schedule, times);
    }

    /** Ends at time {@code offset}: i * (steps / count) + offset, for i = count-1 … 0; the convention of Stable Diffusion. */
    public static Course leading(NoiseSchedule schedule, int count, int offset) {
        check(schedule, count);
        int stride = schedule.steps() / count;
        int[] times = new int[count];
        for (int i = 0; i < count; i++) {
            times[i] = Math.min((count - 1 - i) * stride + offset, schedule.steps() - 1);
        }
        return new Course(schedule, times);
    }

    private static void check(NoiseSchedule schedule, int count) {
        if (count < 1 || count > schedule.steps()) {
            throw new IllegalArgumentException("steps must be from 1 to " + schedule.steps() + ", found " + count);
        }
    }

    public int steps() {
        return times.length;
    }

    /** The discrete time at a point; -1 at the end. */
    public int time(int point) {
        return point == times.length ? -1 : times[point];
    }

    public double alpha(int point) {
        return schedule.alpha(time(point));
    }

    public double sigma(int point) {
        return schedule.sigma(time(point));
    }

    public double lambda(int point) {
        return schedule.lambda(time(point));
    }

    @Override
    public String toString() {
        return "Course" + Arrays.toString(times);
    }
}
