package io.longtake.bench;

import io.longtake.bench.report.Figure;
import io.longtake.bench.workers.WorkerProcesses;
import io.longtake.bench.workers.WorkersBench;
import io.longtake.bench.workers.WorkersRow;
import io.longtake.platform.DataDirectory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What more workers bring: the same for several numbers of them, each on a platform of its own.
 *
 * @param one measures one number
 * @param workers how many, from 1 to 64
 * @param videos for each worker
 * @param launcher the script {@code longtake}, if each worker is to be a process of its own
 */
public record WorkersSeries(WorkersBench one, List<Integer> workers, int videos, Optional<Path> launcher)
        implements Bench {

    public WorkersSeries {
        workers = List.copyOf(workers);
        one.models().find(one.model());
        OptionLimit.between("workers", workers.size(), 1, 16);
        workers.forEach(number -> OptionLimit.between("workers", number, 1, 64));
        OptionLimit.between("videos", videos, 1, 1000);
    }

    @Override
    public String name() {
        return launcher.isPresent() ? "workers-processes" : "workers";
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("model", one.model());
        settings.put("workers", workers);
        settings.put("videos", videos);
        settings.put("segments", one.segments());
        settings.put("segment-seconds", one.segment().toNanos() / 1e9);
        settings.put("slots", one.slots());
        settings.put("queue", one.queue().toString());
        settings.put("processes", launcher.isPresent());
        return settings;
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) throws InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int number : workers.stream().distinct().toList()) {
            progress.accept(number + " workers");
            DataDirectory data = directory.data("workers-" + number);
            figures.addAll(measure(data, number).figures());
        }
        return Found.of(figures);
    }

    private WorkersRow measure(DataDirectory data, int number) throws InterruptedException {
        int all = videos * number;
        return launcher.isEmpty()
                ? one.measure(data, number, all)
                : one.measure(
                        data,
                        number,
                        all,
                        new WorkerProcesses(
                                launcher.get(), one.model(), one.queue(), one.segment(), one.slots(), data.path()));
    }
}
