package io.longtake.cli;

import io.longtake.bench.IdleBench;
import io.longtake.event.QueueSetting;
import io.longtake.model.ModelRepository;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "idle",
        description = {
            "Measures how many processors Kafka and a worker use while there is nothing to do.",
            "Workers of all stages run in this process, with director and stitcher. What these use without workers is"
                    + " measured first and taken off."
        },
        mixinStandardHelpOptions = true)
final class BenchIdleCommand implements Callable<Integer> {

    @Mixin
    private BenchOptions bench;

    @Option(names = "--model", defaultValue = "drive", description = "Model (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--queue",
            paramLabel = "KIND",
            defaultValue = "auto",
            description = "Queue of tasks: share, group, or auto, which is share (default: ${DEFAULT-VALUE}).")
    private String queue;

    @Option(
            names = "--workers",
            split = ",",
            defaultValue = "1,16",
            description = "Numbers of workers (default: ${DEFAULT-VALUE}).")
    private List<Integer> workers;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "How long to measure each (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--settle",
            paramLabel = "S",
            defaultValue = "15",
            description = "How long to wait before each measurement (default: ${DEFAULT-VALUE}).")
    private double settle;

    @Override
    public Integer call() throws Exception {
        return bench.run(() ->
                new IdleBench(ModelRepository.standard(), model, QueueSetting.of(queue), workers, seconds, settle));
    }
}
