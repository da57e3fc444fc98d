package io.longtake.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;

/**
 * One figure, with every value that was measured of it.
 *
 * @param name lower-case words with hyphens, joined by dots; what the whole benchmark measures comes first
 * @param unit of all values; {@code ratio} or {@code count} if they have none
 * @param values in the order in which they were measured, at least one
 */
@JsonPropertyOrder({"name", "unit", "values", "median", "min", "max"})
public record Figure(String name, String unit, List<Double> values) {

    private static final String NAME = "[a-z][a-z0-9.-]*";

    public Figure {
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("name of a figure must match " + NAME + ", found '" + name + "'");
        }
        if (unit.isBlank()) {
            throw new IllegalArgumentException("unit of " + name + " must be said, found '" + unit + "'");
        }
        if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "values of " + name + " must be one finite number at least, found " + values);
        }
        values = List.copyOf(values);
    }

    public static Figure of(String name, String unit, double value) {
        return new Figure(name, unit, List.of(value));
    }

    /** The one in the middle, or the mean of the two there. */
    @JsonProperty
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int last = sorted.size() - 1;
        return (sorted.get(last / 2) + sorted.get((last + 1) / 2)) / 2;
    }

    @JsonProperty
    public double min() {
        return values.stream().mapToDouble(value -> value).min().orElseThrow();
    }

    @JsonProperty
    public double max() {
        return values.stream().mapToDouble(value -> value).max().orElseThrow();
    }

    /** As a line of a Markdown table. */
    String markdown() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s | %d |",
                name,
                unit,
                digits(median()),
                digits(min()),
                digits(max()),
                values.size());
    }

    /** Four digits, which is more than any of these measurements is worth. */
    private static String digits(double value) {
        double size = Math.abs(value);
        if (value == Math.rint(value) && size < 1e9 || size >= 1000) {
            return String.format(Locale.ROOT, "%.0f", value);
        }
        int whole = size < 1 ? 0 : (int) Math.floor(Math.log10(size));
        return String.format(Locale.ROOT, "%." + (3 - whole) + "f", value);
    }
}
