package io.longtake.bench;

import io.longtake.bench.report.Figure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Milliseconds that stages took, run by run, and their sum: a run of each stage, one after the other. */
final class StageTimes {

    private final List<String> stages;
    private final double segmentsASecond;
    private final Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();

    /**
     * @param stages all of a pipeline
     * @param segmentsASecond segments of a second of video
     */
    StageTimes(List<String> stages, double segmentsASecond) {
        this.stages = List.copyOf(stages);
        this.segmentsASecond = segmentsASecond;
    }

    List<String> stages() {
        return stages;
    }

    /** @param way how its calls were made */
    void add(String way, String stage, double milliseconds) {
        times.computeIfAbsent(way, none -> new LinkedHashMap<>())
                .computeIfAbsent(stage, none -> new ArrayList<>())
                .add(milliseconds);
    }

    /** Of each stage a segment, and of all a second of video. */
    List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        times.forEach((way, measured) -> {
            measured.forEach((stage, values) -> figures.add(
                    new Figure(String.format(Locale.ROOT, "stages.%s.%s", way, stage), "ms a segment", values)));
            figures.add(new Figure(
                    String.format(Locale.ROOT, "stages.%s.sum", way), "ms a second of video", sums(measured)));
        });
        return figures;
    }

    private List<Double> sums(Map<String, List<Double>> measured) {
        List<Double> sums = new ArrayList<>();
        int runs = measured.values().stream().mapToInt(List::size).min().orElse(0);
        for (int run = 0; run < runs; run++) {
            double segment = 0;
            for (List<Double> values : measured.values()) {
                segment += values.get(run);
            }
            sums.add(segment * segmentsASecond);
        }
        return sums;
    }
}
