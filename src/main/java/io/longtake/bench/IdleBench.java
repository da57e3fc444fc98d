package io.longtake.bench;

import io.longtake.bench.report.Figure;
import io.longtake.bench.workers.WorkersBench;
import io.longtake.event.QueueSetting;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.worker.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * How busy a platform keeps processors that has nothing to do: its broker, and its workers of all stages. The workers run in this
 * process, with director and stitcher; what those use is measured first, without workers, and taken off.
 *
 * @param models where the model is
 * @param model whose stages the workers take
 * @param queue of tasks
 * @param workers how many, one measurement each
 * @param seconds of each measurement
 * @param settle seconds before each, in which groups find their members and code is compiled
 * @throws io.longtake.model.UnknownModelException if there is no such model
 */
public record IdleBench(
        ModelRepository models, String model, QueueSetting queue, List<Integer> workers, double seconds, double settle)
        implements Bench {

    private static final int SLOTS = 2;
    private static final Duration SEGMENT = Duration.ofSeconds(1);

    public IdleBench {
        workers = List.copyOf(workers);
        OptionLimit.between("workers", workers.size(), 1, 16);
        workers.forEach(number -> OptionLimit.between("workers", number, 1, 64));
        models.find(model);
        OptionLimit.between("seconds", seconds, 0.1, 3600);
        OptionLimit.between("settle", settle, 0, 3600);
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "model", model, "queue", queue.toString(), "workers", workers, "seconds", seconds, "settle", settle);
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) {
        ModelManifest manifest = models.find(model).manifest();
        List<Figure> figures = new ArrayList<>();
        List<Worker> crew = new ArrayList<>();
        try (Platform platform = Platform.embedded(
                directory.data("platform"),
                0,
                PlatformSettings.of(models, "OnnxRuntime").stages(Set.of()).queue(queue))) {
            try {
                ProcessorTime without = cores(progress, 0);
                figures.add(Figure.of("idle.broker.0-workers", "cores", without.children()));
                figures.add(Figure.of("idle.director-and-stitcher", "cores", without.own()));
                for (int number : workers.stream().sorted().distinct().toList()) {
                    while (crew.size() < number) {
                        crew.add(WorkersBench.worker(
                                "worker-" + crew.size(),
                                manifest,
                                platform.kafka(),
                                queue,
                                SEGMENT,
                                SLOTS,
                                call -> {}));
                    }
                    ProcessorTime with = cores(progress, number);
                    figures.add(Figure.of(
                            String.format(Locale.ROOT, "idle.broker.%d-workers", number), "cores", with.children()));
                    figures.add(Figure.of(
                            String.format(Locale.ROOT, "idle.worker.%d-workers", number),
                            "cores",
                            (with.own() - without.own()) / number));
                }
            } finally {
                crew.parallelStream().forEach(Worker::close);
            }
        }
        return Found.of(figures);
    }

    /** Processors in use, on average. */
    private ProcessorTime cores(Consumer<String> progress, int number) {
        progress.accept(String.format(Locale.ROOT, "%d workers, for %.1f s", number, seconds));
        Pauses.seconds(settle);
        ProcessorTime before = ProcessorTime.now();
        long start = System.nanoTime();
        Pauses.seconds(seconds);
        ProcessorTime used = ProcessorTime.now().since(before);
        double wall = (System.nanoTime() - start) / 1e9;
        return new ProcessorTime(used.own() / wall, used.children() / wall);
    }
}
