package io.longtake.cli;

import io.longtake.model.Device;
import io.longtake.model.ModelRepository;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.platform.WorkerName;
import io.longtake.worker.WorkerSettings;
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
        name = "worker",
        description = "Joins a running platform and runs stages for it, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer>, ServingCommand {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerCommand.class);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private StagesOption stages;

    @Mixin
    private EngineOption engine;

    @Mixin
    private BatchOption batch;

    @Mixin
    private SlotsOption slots;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description =
                    "Port for HTTP: health at /q/health, metrics at /q/metrics; 0: any free port (default: ${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private HostOption host;

    @Override
    public Integer call() {
        Service.requirePort(spec, "--port", port, 0);
        // before anything is started for it
        batch.batching();
        stages.set();
        return Service.run(spec, connection.data(), host.name(), port);
    }

    @Override
    public Opened open(MeterRegistry meters, int listens) {
        Device.Choice runs = engine.choice();
        Set<String> owned = stages.set();
        PlatformSettings brought =
                PlatformSettings.of(ModelRepository.standard(), runs.engine()).meters(meters);
        WorkerSettings settings =
                new WorkerSettings(WorkerName.ofThisProcess(), owned, slots.number(brought), batch.batching());
        Platform platform = Platform.worker(connection.requireKafka(), connection.data(), brought, settings);
        if (!connection.isNamed()) {
            platform.watchAddress();
        }
        LOG.info("models run on {}: {}", runs.engine(), runs.reason());
        System.err.println(settings.name() + " takes tasks of " + owned + " at "
                + platform.kafka().bootstrapServers() + ", on " + runs.engine() + ", health at " + host.url(listens)
                + "/q/health, logs in " + connection.data().logs() + "; Ctrl-C ends it");
        return new Opened(platform, Optional.empty());
    }
}
