package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import io.longtake.event.KafkaConnection;
import io.longtake.library.Library;
import io.longtake.library.Patience;
import io.longtake.library.VideoStore;
import io.longtake.library.WaitingForStore;
import io.longtake.model.Device;
import io.longtake.model.ModelRepository;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
final class UpCommand implements Callable<Integer>, ServingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description =
                    "Port for HTTP: the page at /, videos at /v1/videos, health at /q/health, metrics at /q/metrics (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private HostOption host;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "Port of the embedded Kafka; 0: any free port (default: ${DEFAULT-VALUE}).")
    private int kafkaPort;

    @Mixin
    private LibraryOption libraryOption;

    @Mixin
    private RolesOption roles;

    @Mixin
    private StagesOption stages;

    @Mixin
    private EngineOption engine;

    @Override
    public Integer call() {
        Service.requirePort(spec, "--port", port, 1);
        Service.requirePort(spec, "--kafka-port", kafkaPort, 0);
        roles.check(connection.isNamed());
        stages.set();
        System.err.println((connection.isNamed() ? "starting in " : "starting Kafka and all roles in ")
                + connection.data().path() + "; logs in " + connection.data().logs());
        return Service.run(spec, connection.data(), host.name(), port);
    }

    @Override
    public Opened open(MeterRegistry meters, int listens) {
        Device.Choice runs = engine.choice();
        Optional<KafkaConnection> kafka = connection.named();
        ModelRepository models = ModelRepository.standard();
        Patience patience = new WaitingForStore(line -> System.err.println(spec.qualifiedName() + ": " + line));
        Optional<VideoStore> videos = roles.has(RolesOption.ServerRole.SERVER)
                ? Optional.of(libraryOption.open(connection.data(), patience))
                : Optional.empty();
        PlatformSettings settings = PlatformSettings.of(models, runs.engine())
                .stages(roles.has(RolesOption.ServerRole.WORKER) ? stages.set() : Set.of())
                .applications(roles.applications())
                .meters(meters);
        Platform platform = kafka.map(k -> Platform.joined(k, connection.data(), settings))
                .orElseGet(() -> Platform.embedded(connection.data(), kafkaPort, settings));
        Optional<PlatformVideos> served = videos.map(store -> serve(platform, store, patience));
        LOG.info("models run on {}: {}", runs.engine(), runs.reason());
        System.err.println("models run on " + runs.engine() + ", Kafka at "
                + platform.kafka().bootstrapServers() + ", health at " + host.url(listens) + "/q/health/ready");
        System.err.println(
                served.isPresent() ? "open " + host.url(listens) + "/ in a browser; Ctrl-C ends it" : "Ctrl-C ends it");
        return new Opened(platform, served);
    }

    private static PlatformVideos serve(Platform platform, VideoStore videos, Patience patience) {
        LongtakeClient client = LongtakeClient.create(platform.kafka());
        try {
            Library library = platform.openLibrary(videos, patience);
            return new PlatformVideos(
                    library,
                    platform.openViewers(library),
                    platform.models(),
                    new InstalledWords(ModelRepository.standard()),
                    client);
        } catch (RuntimeException e) {
            client.close();
            platform.close();
            throw e;
        }
    }
}
