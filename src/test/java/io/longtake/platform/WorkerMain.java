package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.model.ModelRepository;
import io.longtake.worker.WorkerSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A worker as a process without HTTP: bootstrap servers, data directory, stages, first model if not drive. Runs until it is killed. */
public final class WorkerMain {

    private WorkerMain() {}

    public static void main(String[] args) throws InterruptedException {
        Set<String> stages = Stream.of(args[2].split(",")).map(String::valueOf).collect(Collectors.toSet());
        PlatformSettings brings = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");
        WorkerSettings settings = new WorkerSettings(WorkerName.ofThisProcess(), stages, 2);
        try (Platform worker = Platform.worker(
                KafkaConnection.to(args[0]),
                new DataDirectory(Path.of(args[1])),
                args.length > 3 ? brings.firstModel(args[3]) : brings,
                settings)) {
            Thread.currentThread().join();
        }
    }
}
