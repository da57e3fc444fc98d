package io.longtake.bench;

import io.longtake.bench.report.Figure;
import io.longtake.platform.DataDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long whole processes take from cold, on new data directories: {@code generate} to its end, {@code up} until it is ready. Cold
 * says nothing of the system's cache of files, which all runs but perhaps the first find filled.
 *
 * @param launcher the script {@code longtake}
 * @param prompt of the videos
 * @param model of the videos
 * @param seconds of video that {@code generate} makes
 * @param runs of each, from 1 to 100
 */
public record StartupBench(Path launcher, String prompt, String model, double seconds, int runs) implements Bench {

    public StartupBench {
        OptionLimit.between("runs", runs, 1, 100);
    }

    @Override
    public String name() {
        return "startup";
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("model", model, "seconds", seconds, "runs", runs);
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) throws Exception {
        Map<String, List<Double>> generate = new LinkedHashMap<>();
        Map<String, List<Double>> up = new LinkedHashMap<>();
        for (int run = 1; run <= runs; run++) {
            progress.accept("run " + run + " of " + runs);
            add(generate, generate(directory.data("generate-" + run)));
            add(up, up(directory.data("up-" + run)));
        }
        List<Figure> figures = new ArrayList<>();
        generate.forEach((mark, times) -> figures.add(new Figure("startup.generate." + mark, "s", times)));
        up.forEach((mark, times) -> figures.add(new Figure("startup.up." + mark, "s", times)));
        return Found.of(figures);
    }

    private Map<String, Double> generate(DataDirectory data) throws Exception {
        Instant start = Instant.now();
        Map<String, Double> marks = GenerateProcess.run(launcher, data, prompt, model, seconds);
        marks.putAll(new StartMarks(data.path(), ZoneId.systemDefault()).after(start));
        return marks;
    }

    private Map<String, Double> up(DataDirectory data) throws Exception {
        Instant start = Instant.now();
        try (UpProcess process = UpProcess.start(launcher, data)) {
            Map<String, Double> marks = new LinkedHashMap<>();
            marks.put("http", process.answered());
            marks.put("ready", process.ready());
            marks.putAll(new StartMarks(data.path(), ZoneId.systemDefault()).after(start));
            return marks;
        }
    }

    /** In the order of time, as far as one run tells it. */
    private static void add(Map<String, List<Double>> all, Map<String, Double> marks) {
        marks.entrySet().stream().sorted(Map.Entry.comparingByValue()).forEach(mark -> all.computeIfAbsent(
                        mark.getKey(), none -> new ArrayList<>())
                .add(mark.getValue()));
    }
}
