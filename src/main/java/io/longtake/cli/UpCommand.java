package io.longtake.cli;

import io.longtake.api.VideoServices;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.library.Library;
import io.longtake.library.Patience;
import io.longtake.library.VideoStore;
import io.longtake.library.WaitingForStore;
import io.longtake.model.Device;
import io.longtake.model.ModelRepository;
import io.longtake.platform.InstalledModels;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "up",
        description =
                "Runs the platform as a server until Ctrl-C: Kafka, director, stitcher, one worker, videos over HTTP.",
        mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "HTTP: the page at /, videos at /v1/videos, health at /q/health, metrics at /q/metrics (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the embedded Kafka; 0: any (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Mixin
    private LibraryOption libraryOption;

    @Mixin
    private StagesOption stages;

    @Mixin
    private EngineOption engine;

    @Override
    public Integer call() {
        Service.requirePort(spec, "--port", port, 1);
        Service.requirePort(spec, "--kafka-port", kafkaPort, 0);
        Device.Choice runs = engine.choice();
        Optional<KafkaConnection> kafka = connection.named();
        ModelRepository models = ModelRepository.standard();
        Patience patience = new WaitingForStore(line -> System.err.println(spec.qualifiedName() + ": " + line));
        VideoStore videos = libraryOption.open(connection.data(), patience);
        PlatformSettings settings = PlatformSettings.of(models, runs.engine()).stages(stages.set());
        Platform platform = kafka.map(k -> Platform.joined(k, connection.data(), settings))
                .orElseGet(() -> Platform.embedded(connection.data(), kafkaPort, settings));
        System.err.println("models run on " + runs.engine() + " (" + runs.reason() + ")");
        System.err.println("Kafka at " + platform.kafka().bootstrapServers() + ", videos at http://localhost:" + port
                + ", health at http://localhost:" + port + "/q/health/ready; Ctrl-C ends it");
        return serve(platform, models, videos, patience);
    }

    private int serve(Platform platform, ModelRepository models, VideoStore videos, Patience patience) {
        try (LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            Library library = platform.openLibrary(videos, patience);
            VideoServices.open(new VideoServices(
                    library,
                    platform.openViewers(library),
                    new InstalledModels(models),
                    (event, cause) -> client.send(new Prompt(event), cause),
                    (videoId, reason) -> client.video(videoId).cancel(reason)));
            return Service.run(platform, connection.data(), port);
        } catch (RuntimeException e) {
            platform.close();
            throw e;
        }
    }
}
