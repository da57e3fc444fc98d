package io.longtake.cli;

import io.longtake.bench.workers.WorkersBench;
import io.longtake.bench.workers.WorkersRow;
import io.longtake.event.QueueSetting;
import io.longtake.model.ModelRepository;
import io.longtake.platform.DataDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "workers",
        description = {
            "What more workers bring: the share of the time in which their devices are busy, as a Markdown table.",
            "Everything is real but the networks: each is a wait on a device that its worker has for itself."
        },
        mixinStandardHelpOptions = true)
final class BenchWorkersCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

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
            names = "--data-dir",
            paramLabel = "DIR",
            defaultValue = "${sys:user.home}/.longtake/bench-workers",
            description = "For the platform's Kafka (default: ${DEFAULT-VALUE}).")
    private Path data;

    @Override
    public Integer call() throws InterruptedException {
        WorkersBench bench = bench();
        System.out.println(WorkersRow.HEAD);
        for (int number : workers) {
            DataDirectory ofItsOwn = new DataDirectory(data.resolve(bench.queue() + "-" + number));
            System.out.println(bench.measure(ofItsOwn, number, videos * number).markdown());
        }
        return 0;
    }

    private WorkersBench bench() {
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new ParameterException(
                    spec.commandLine(), "--segment-seconds must be above 0 and at most 3600, found " + seconds);
        }
        if (videos < 1 || workers.stream().anyMatch(number -> number < 1 || number > 64)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--videos must be at least 1 and --workers from 1 to 64, found " + videos + " and " + workers);
        }
        try {
            return new WorkersBench(
                    ModelRepository.standard(),
                    model,
                    segments,
                    Duration.ofNanos(Math.round(seconds * 1e9)),
                    slots,
                    QueueSetting.of(queue));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
    }
}
