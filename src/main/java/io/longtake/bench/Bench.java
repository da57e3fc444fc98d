package io.longtake.bench;

import io.longtake.bench.report.Figure;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One thing that can be measured. What it needs is checked when it is made; nothing starts before {@link #measure}. */
public interface Bench {

    /** By the name of its command. */
    String name();

    /** How it measures, by the names of the command's options. */
    Map<String, Object> settings();

    /**
     * Measures.
     *
     * @param directory for everything that it keeps on disk
     * @param progress told what it is at, a line each
     */
    Found measure(BenchDirectory directory, Consumer<String> progress) throws Exception;

    /**
     * What was found.
     *
     * @param faults what was not as it should be
     */
    record Found(List<Figure> figures, List<String> faults) {

        /** Nothing was wrong. */
        public static Found of(List<Figure> figures) {
            return new Found(figures, List.of());
        }
    }
}
