package io.longtake.model;

import java.util.Locale;
import java.util.Set;

/** The rules that the fields of a manifest obey; each names the field, the rule and the value found. */
final class Rule {

    private Rule() {}

    static void between(String field, double value, double min, double max) {
        // Written so that NaN fails too.
        if (!(value >= min && value <= max)) {
            throw new ManifestException(String.format(
                    Locale.ROOT, "%s must be from %s to %s, found %s", field, plain(min), plain(max), plain(value)));
        }
    }

    static void oneOf(String field, String value, Set<String> allowed) {
        if (value == null || !allowed.contains(value)) {
            throw new ManifestException(
                    String.format(Locale.ROOT, "%s must be one of %s, found %s", field, sorted(allowed), value));
        }
    }

    static void present(String field, Object value) {
        if (value == null) {
            throw new ManifestException(field + " is missing");
        }
    }

    static void matches(String field, String value, String pattern) {
        if (value == null || !value.matches(pattern)) {
            throw new ManifestException(
                    String.format(Locale.ROOT, "%s must match %s, found %s", field, pattern, value));
        }
    }

    static void equal(String field, long expected, long found) {
        if (expected != found) {
            throw new ManifestException(String.format(Locale.ROOT, "%s must be %d, found %d", field, expected, found));
        }
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static Object sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
