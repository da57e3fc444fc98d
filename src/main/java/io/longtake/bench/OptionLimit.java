package io.longtake.bench;

import java.util.Locale;

/** What the settings of benchmarks may be; each refusal names the setting as its option is called, the limit and the value. */
final class OptionLimit {

    private OptionLimit() {}

    static void between(String option, double value, double low, double high) {
        // written so that NaN fails too
        if (!(value >= low && value <= high)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "%s must be from %s to %s, found %s", option, plain(low), plain(high), plain(value)));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }
}
