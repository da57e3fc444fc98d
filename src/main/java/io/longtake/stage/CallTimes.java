package io.longtake.stage;

import java.util.Arrays;

/**
 * Milliseconds of a step.
 *
 * @param medianMs of all runs
 * @param lowMs the tenth hundredth
 * @param highMs the ninetieth
 * @param runs how many
 */
public record CallTimes(double medianMs, double lowMs, double highMs, int runs) {

    /** Of single times; one at least. */
    public static CallTimes of(double... milliseconds) {
        if (milliseconds.length == 0) {
            throw new IllegalArgumentException("a median needs one time at least, found none");
        }
        double[] sorted = milliseconds.clone();
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        double median = (sorted[last / 2] + sorted[(last + 1) / 2]) / 2;
        return new CallTimes(
                median, sorted[(int) Math.round(0.1 * last)], sorted[(int) Math.round(0.9 * last)], sorted.length);
    }
}
