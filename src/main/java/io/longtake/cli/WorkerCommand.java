package io.longtake.cli;

import io.longtake.model.Device;
import io.longtake.model.ModelRepository;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.platform.WorkerName;
import io.longtake.worker.WorkerSettings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description =
                    "How long the worker finishes what it has begun when it is asked to stop, before it gives the rest to"
                            + " other workers (default: ${DEFAULT-VALUE}).")
    private int drain;

    @Option(
            names = "--until-idle",
            paramLabel = "SECONDS",
            description = "Ends with status 0 after so long without a task (default: runs until it is stopped).")
    private Integer untilIdle;

    @Override
    public Integer call() {
        Service.requirePort(spec, "--port", port, 0);
        require("--drain", drain, 0);
        if (untilIdle != null) {
            require("--until-idle", untilIdle, 1);
        }
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
        WorkerSettings settings = new WorkerSettings(
                        WorkerName.ofThisProcess(), owned, slots.number(brought), batch.batching())
                .draining(Duration.ofSeconds(drain));
        Platform platform = Platform.worker(connection.requireKafka(), connection.data(), brought, settings);
        if (!connection.isNamed()) {
            platform.watchAddress();
        }
        LOG.info("models run on {}: {}", runs.engine(), runs.reason());
        System.err.println(settings.name() + " takes tasks of " + owned + " at "
                + platform.kafka().bootstrapServers() + ", on " + runs.engine() + ", health at " + host.url(listens)
                + "/q/health, logs in " + connection.data().logs() + "; Ctrl-C ends it");
        return new Opened(
                platform, Optional.empty(), Optional.ofNullable(untilIdle).map(Duration::ofSeconds));
    }

    private void require(String option, int seconds, int least) {
        long most = WorkerSettings.MAX_DRAIN.toSeconds();
        if (seconds < least || seconds > most) {
            throw new ParameterException(
                    spec.commandLine(), option + " " + seconds + " is outside " + least + " .. " + most + " s");
        }
    }
}
