package io.longtake.cli;

import io.longtake.event.StageName;
import io.longtake.model.Device;
import io.longtake.model.ModelRepository;
import io.longtake.platform.Platform;
import io.longtake.platform.WorkerName;
import io.longtake.worker.WorkerSettings;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "worker",
        description = "Joins a running platform and runs stages for it, until Ctrl-C.",
        mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private StagesOption stages;

    @Mixin
    private EngineOption engine;

    @Mixin
    private BatchOption batch;

    @Override
    public Integer call() {
        Device.Choice runs = engine.choice();
        Set<StageName> owned = stages.set();
        WorkerSettings settings = new WorkerSettings(WorkerName.ofThisProcess(), owned, batch.batching());
        Platform platform = Platform.worker(
                connection.requireKafka(), connection.data(), ModelRepository.standard(), settings, runs.engine());
        System.err.println(settings.name() + " takes tasks of " + owned + " at "
                + platform.kafka().bootstrapServers() + ", on " + runs.engine() + " (" + runs.reason()
                + "); Ctrl-C ends it");
        return Service.run(platform, Service.NO_PORT);
    }
}
