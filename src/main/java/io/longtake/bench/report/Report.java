package io.longtake.bench.report;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one benchmark found. {@code docs/performance.md} says what its JSON means.
 *
 * @param schema of the JSON, {@link #SCHEMA}
 * @param bench which benchmark, by the name of its command
 * @param measured when it began, ISO 8601
 * @param build what was measured
 * @param machine where
 * @param load of the machine before and after it ({@link Machine#load})
 * @param settings how it was measured, by the names of the command's options
 * @param figures each of another name
 * @param faults what was not as it should be, such as viewers that missed frames: figures beside a fault say little
 */
public record Report(
        int schema,
        String bench,
        String measured,
        Build build,
        Machine machine,
        Load load,
        Map<String, Object> settings,
        List<Figure> figures,
        List<String> faults) {

    /** Another number when a program that reads the JSON must be changed. */
    public static final int SCHEMA = 1;

    private static final String HEAD = "| figure | unit | median | min | max | values |\n|---|---|---|---|---|---|\n";

    /** The machine's load before and after. */
    public record Load(double before, double after) {}

    public Report {
        if (schema != SCHEMA) {
            throw new IllegalArgumentException("schema of a report must be " + SCHEMA + ", found " + schema);
        }
        Set<String> names = new HashSet<>();
        for (Figure figure : figures) {
            if (!names.add(figure.name())) {
                throw new IllegalArgumentException(
                        "figures of " + bench + " must have different names, found " + figure.name() + " twice");
            }
        }
        settings = new TreeMap<>(settings);
        figures = List.copyOf(figures);
        faults = List.copyOf(faults);
    }

    /** A heading, what it was measured with, a Markdown table of the figures, and the faults. */
    public String markdown() {
        String set = settings.entrySet().stream()
                .map(setting -> setting.getKey() + " " + setting.getValue())
                .collect(Collectors.joining(", "));
        return String.format(
                        Locale.ROOT,
                        "## %s%n%nLongtake %s %s, %s, %d processors, %s, load %.1f before and %.1f after, %s; %s%n%n",
                        bench,
                        build.version(),
                        build.commit(),
                        machine.processor(),
                        machine.processors(),
                        machine.os(),
                        load.before(),
                        load.after(),
                        measured,
                        set)
                + HEAD
                + figures.stream().map(figure -> figure.markdown() + "\n").collect(Collectors.joining())
                + faults.stream().map(fault -> "fault: " + fault + "\n").collect(Collectors.joining());
    }
}
