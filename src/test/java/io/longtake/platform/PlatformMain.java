package io.longtake.platform;

import io.longtake.event.KafkaConnection;
import io.longtake.model.ModelRepository;
import java.nio.file.Path;

/** All roles as a process without HTTP: bootstrap servers, data directory. Runs until it is killed. */
public final class PlatformMain {

    private PlatformMain() {}

    public static void main(String[] args) throws InterruptedException {
        PlatformSettings settings = PlatformSettings.of(ModelRepository.standard(), "OnnxRuntime");
        try (Platform all =
                Platform.joined(KafkaConnection.to(args[0]), new DataDirectory(Path.of(args[1])), settings)) {
            Thread.currentThread().join();
        }
    }
}
