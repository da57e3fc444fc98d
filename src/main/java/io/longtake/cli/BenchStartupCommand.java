package io.longtake.cli;

import io.longtake.bench.StartupBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "startup",
        description = {
            "Measures how long 'longtake generate' takes to its end, and 'longtake up' until it is ready, from cold: as"
                    + " whole processes, on new data directories, with the system's cache of files as it is.",
            "The other figures say how long after its start the process had come how far."
        },
        mixinStandardHelpOptions = true)
final class BenchStartupCommand implements Callable<Integer> {

    @Mixin
    private BenchVideoOptions video;

    @Mixin
    private BenchOptions bench;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Length of the video in seconds (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "5",
            description = "Starts of each (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Override
    public Integer call() throws Exception {
        video.event(seconds);
        return bench.run(() -> new StartupBench(bench.launcher(), video.prompt(), video.model(), seconds, runs));
    }
}
