package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.model.ModelRepository;
import java.nio.file.Path;

/** All roles as a process without HTTP: bootstrap servers, data directory, and a model if it is
 * not the default one. Runs until it is killed. */
public final class PlatformMain {

    private PlatformMain() {}

    public static void main(String[] args) throws InterruptedException {
        PlatformSettings standard = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");
        PlatformSettings settings = args.length > 2 ? standard.firstModel(args[2]) : standard;
        try (Platform all =
                Platform.joined(KafkaConnection.to(args[0]), new DataDirectory(Path.of(args[1])), settings)) {
            Thread.currentThread().join();
        }
    }
}
