package io.longtake.cli;

import io.longtake.api.PlatformHealth;
import io.longtake.event.Reason;
import io.longtake.platform.DataDirectory;
import io.longtake.platform.Platform;
import io.quarkus.runtime.Quarkus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A platform that runs until it is told to stop, with Quarkus around it for HTTP, health and metrics. */
final class Service {

    private Service() {}

    /** Ends with status 1 when a role fails; {@code /q/health} tells it until then. */
    static int run(Platform platform, DataDirectory data, int port) {
        PlatformHealth.watch(platform);
        Logs.ofService(data);
        System.setProperty("quarkus.http.port", Integer.toString(port));
        AtomicInteger status = new AtomicInteger();
        FailureWatch.start(platform, reason -> {
            System.err.println("longtake: " + reason);
            status.set(1);
            platform.close();
            Quarkus.asyncExit(1);
        });
        Quarkus.run(null, (code, fault) -> {
            if (fault != null) {
                System.err.println("longtake: " + why(fault));
                status.set(1);
            }
            // Quarkus closes the platform when it stops; not if it never started
            platform.close();
        });
        return status.get();
    }

    static void requirePort(CommandSpec spec, String option, int value, int lowest) {
        if (value < lowest || value > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), option + " " + value + " is outside " + lowest + " .. 65535");
        }
    }

    static int freePort() {
        try (ServerSocket any = new ServerSocket(0)) {
            return any.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no port is free for HTTP: " + e.getMessage(), e);
        }
    }

    /** Quarkus' own words for that something is wrong, and what it is, as with a setting. */
    private static String why(Throwable fault) {
        Throwable first = Reason.firstCause(fault);
        return first == fault ? fault.getMessage() : fault.getMessage() + ": " + first.getMessage();
    }
}
