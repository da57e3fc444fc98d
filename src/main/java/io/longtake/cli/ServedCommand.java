package io.longtake.cli;

import io.longtake.api.Served;
import io.longtake.api.VideoServices;
import io.longtake.platform.Platform;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import picocli.CommandLine.ParseResult;

/**
 * What the command line asks for, opened once Quarkus runs and closed before it stops. Quarkus hands an application nothing but
 * the command line, so it is read here again, by the same command: decision 22.
 */
@ApplicationScoped
class ServedCommand implements QuarkusApplication, Served {

    private final MeterRegistry meters;
    private final Provider<Integer> port;
    private volatile Optional<ServingCommand.Opened> opened = Optional.empty();

    /** @param port where HTTP listens, once it does: which one it is, was perhaps left to the system */
    ServedCommand(MeterRegistry meters, @ConfigProperty(name = "quarkus.http.port") Provider<Integer> port) {
        this.meters = meters;
        this.port = port;
    }

    /** Until somebody stops Quarkus, or a role fails: then the exit code is 1, and {@code /q/health} tells it until then. */
    @Override
    public int run(String... args) {
        ServingCommand.Opened now = open(command(args));
        Platform platform = now.platform();
        now.untilIdle().ifPresent(time -> IdleWatch.start(platform, time, () -> Quarkus.asyncExit(0)));
        FailureWatch.start(platform, reason -> {
            System.err.println("longtake: " + reason);
            platform.close();
            Quarkus.asyncExit(1);
        });
        Quarkus.waitForExit();
        return 0;
    }

    private static ServingCommand command(String... args) {
        ParseResult parsed = Main.commandLine().parseArgs(args);
        while (parsed.hasSubcommand()) {
            parsed = parsed.subcommand();
        }
        return (ServingCommand) parsed.commandSpec().userObject();
    }

    private ServingCommand.Opened open(ServingCommand command) {
        try {
            ServingCommand.Opened now = command.open(meters, port.get());
            opened = Optional.of(now);
            return now;
        } catch (RuntimeException | Error e) {
            throw new NotOpenedException(e);
        }
    }

    /** Ctrl-C or SIGTERM: tasks are given back before the process goes. */
    void stop(@Observes ShutdownEvent event) {
        opened.ifPresent(ServingCommand.Opened::close);
    }

    @Override
    public boolean ready() {
        return opened.filter(now -> now.platform().ready()).isPresent();
    }

    @Override
    public Optional<String> failure() {
        return opened.flatMap(now -> now.platform().failure());
    }

    @Override
    public List<String> roles() {
        return opened.map(now -> now.platform().describe()).orElse(List.of());
    }

    @Override
    public Optional<VideoServices> videos() {
        return opened.flatMap(ServingCommand.Opened::videos).map(videos -> videos);
    }
}
