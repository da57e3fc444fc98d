package io.longtake.bench;

import io.longtake.bench.report.Figure;
import java.util.ArrayList;
import java.util.List;

/**
 * The same video in a bare loop and through the platform, in turn: a bare run before each run of the platform and one after the last,
 * so that what changes on the machine meanwhile hits both.
 */
final class GlueRuns {

    /** One run: seconds, and what this process and its broker used. */
    record GlueRun(double wall, ProcessorTime processor) {

        /** Runs something that makes the whole video. */
        static GlueRun of(Runnable video) {
            ProcessorTime before = ProcessorTime.now();
            long start = System.nanoTime();
            video.run();
            double wall = (System.nanoTime() - start) / 1e9;
            return new GlueRun(wall, ProcessorTime.now().since(before));
        }
    }

    private final double seconds;
    private final GlueRun idle;
    private final List<GlueRun> bare = new ArrayList<>();
    private final List<GlueRun> platform = new ArrayList<>();

    /**
     * @param seconds of video that each run makes
     * @param idle a run that does nothing: what the platform uses meanwhile is no part of the bare loop
     */
    GlueRuns(double seconds, GlueRun idle) {
        this.seconds = seconds;
        this.idle = idle;
    }

    void bare(GlueRun run) {
        bare.add(run);
    }

    void platform(GlueRun run) {
        platform.add(run);
    }

    /**
     * The ratio of each run of the platform to the mean of the bare runs around it, and the difference of their processor times.
     */
    List<Figure> figures() {
        List<Double> ratios = new ArrayList<>();
        List<Double> own = new ArrayList<>();
        for (int i = 0; i < platform.size(); i++) {
            GlueRun run = platform.get(i);
            GlueRun before = bare.get(i);
            GlueRun after = bare.get(i + 1);
            ratios.add(run.wall() / ((before.wall() + after.wall()) / 2));
            double networks = (networks(before) + networks(after)) / 2;
            own.add((run.processor().total() - networks) / seconds);
        }
        return List.of(
                new Figure("glue.ratio", "ratio", ratios),
                new Figure("glue.own-processor", "cpu-s per s of video", own),
                new Figure(
                        "glue.broker-processor",
                        "cpu-s per s of video",
                        platform.stream()
                                .map(run -> run.processor().children() / seconds)
                                .toList()),
                new Figure(
                        "glue.platform",
                        "s",
                        platform.stream().map(GlueRun::wall).toList()),
                new Figure("glue.bare", "s", bare.stream().map(GlueRun::wall).toList()),
                new Figure(
                        "glue.platform-processor",
                        "cpu-s",
                        platform.stream().map(run -> run.processor().total()).toList()),
                new Figure(
                        "glue.bare-processor",
                        "cpu-s",
                        bare.stream().map(this::networks).toList()));
    }

    /**
     * Processor time of a bare run without that of the platform, which stands idle beside it in the same process: none, if the
     * networks are simulated.
     */
    private double networks(GlueRun bare) {
        return Math.max(0, bare.processor().own() - idle.processor().own() / idle.wall() * bare.wall());
    }
}
