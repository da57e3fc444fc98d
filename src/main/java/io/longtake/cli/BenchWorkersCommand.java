package io.longtake.cli;

import io.longtake.bench.WorkersSeries;
import io.longtake.bench.workers.WorkersBench;
import io.longtake.event.QueueSetting;
import io.longtake.model.ModelRepository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "workers",
        description = {
            "What more workers bring: the share of the time in which their devices are busy.",
            "Everything is real but the networks: each is a wait on a device that its worker has for itself."
        },
        mixinStandardHelpOptions = true)
final class BenchWorkersCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions options;

    @Option(
            names = "--workers",
            split = ",",
            defaultValue = "1,2,4,8,16",
            description = "Numbers of workers (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers;

    @Option(
            names = "--videos",
            paramLabel = "N",
            defaultValue = "4",
            description = "Videos for each worker (default: ${DEFAULT-VALUE}).")
    private int videos;

    @Option(
            names = "--segments",
            paramLabel = "N",
            defaultValue = "6",
            description = "Segments of each video (default: ${DEFAULT-VALUE}).")
    private int segments;

    @Option(
            names = "--segment-seconds",
            paramLabel = "S",
            defaultValue = "4",
            description = "What a segment takes one device, in seconds, all stages together (default: ${DEFAULT-VALUE};"
                    + " a model of the papers' size takes some 16).")
    private double seconds;

    @Option(
            names = "--slots",
            paramLabel = "N",
            defaultValue = "2",
            description = "Of each worker (default: ${DEFAULT-VALUE}).")
    private int slots;

    @Option(
            names = "--queue",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "Queue of tasks: share, group, or auto, which is share (default: ${DEFAULT-VALUE}).")
    private String queue;

    @Option(names = "--model", defaultValue = "drive", description = "Model (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--processes",
            description = "Starts each worker as a process of its own, instead of all in this one.")
    private boolean processes;

    @Option(
            names = "--simulated",
            description = "The devices are simulated: always so here, and may be said as for the other benchmarks.")
    private boolean simulated;

    @Override
    public Integer call() throws Exception {
        return options.run(() -> new WorkersSeries(
                bench(), workers, videos, processes ? Optional.of(options.launcher()) : Optional.empty()));
    }

    private WorkersBench bench() {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("segment-seconds must be above 0 and at most 3600, found " + seconds);
        }
        return new WorkersBench(
                ModelRepository.standard(),
                model,
                segments,
                Duration.ofNanos(Math.round(seconds * 1e9)),
                slots,
                QueueSetting.of(queue));
    }
}
