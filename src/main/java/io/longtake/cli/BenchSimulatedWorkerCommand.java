package io.longtake.cli;

import io.longtake.bench.workers.SimulatedWorkerMain;
import io.longtake.event.QueueSetting;
import io.longtake.model.ModelRepository;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "simulated-worker",
        hidden = true,
        description = "What 'bench workers --processes' starts: works until its standard input ends.",
        mixinStandardHelpOptions = true)
final class BenchSimulatedWorkerCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--name", required = true, description = "Of the worker.")
    private String name;

    @Option(names = "--model", required = true, description = "Whose stages it takes.")
    private String model;

    @Option(names = "--segment-seconds", required = true, description = "What a segment takes, all stages together.")
    private double seconds;

    @Option(names = "--queue", required = true, description = "Of tasks.")
    private String queue;

    @Option(names = "--slots", required = true, description = "Of the worker.")
    private int slots;

    @Override
    public Integer call() throws Exception {
        Logs.to(connection.data());
        new SimulatedWorkerMain(
                        name,
                        ModelRepository.standard().find(model).manifest(),
                        QueueSetting.of(queue),
                        Duration.ofNanos(Math.round(seconds * 1e9)),
                        slots)
                .run(connection.requireKafka(), System.in, System.out);
        return 0;
    }
}
