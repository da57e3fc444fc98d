package io.longtake.cli;

import io.longtake.event.Reason;
import io.longtake.platform.DataDirectory;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusBindException;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Runs Quarkus around a command that serves, until it is told to stop. */
final class Service {

    /** How Quarkus ended: with an exit code, and a fault unless it was told to. */
    private record End(int code, Throwable fault) {}

    private Service() {}

    /**
     * Ends with status 1 when a role fails.
     *
     * @param command a {@link ServingCommand}; {@link ServedCommand} reads its options again
     * @param host where HTTP listens
     * @param port of HTTP; 0: any
     * @throws RuntimeException as opening what the command asks for does
     */
    static int run(CommandSpec command, DataDirectory data, String host, int port) {
        Logs.ofService(data);
        Path files = data.newHttpFiles();
        System.setProperty(
                "quarkus.vertx.cache-directory", files.resolve("unpacked").toString());
        System.setProperty(
                "quarkus.http.body.uploads-directory", files.resolve("uploads").toString());
        System.setProperty("quarkus.http.host", host);
        System.setProperty("quarkus.http.port", Integer.toString(port));
        AtomicReference<End> end = new AtomicReference<>();
        Quarkus.run(
                ServedCommand.class,
                (code, fault) -> end.set(new End(code, fault)),
                command.root().commandLine().getParseResult().originalArgs().toArray(String[]::new));
        Logs.afterService(data);
        return status(end.get(), host, port);
    }

    private static int status(End end, String host, int port) {
        if (end.fault() instanceof NotOpenedException ours) {
            throw ours.why();
        }
        if (isBinding(end.fault())) {
            String reason = Reason.firstCause(end.fault()).getMessage();
            throw new IllegalStateException("--port " + port + " of --host " + host + " cannot be listened on"
                    + (reason.contains("in use") ? ": another program does, so name another port" : ": " + reason));
        }
        if (end.fault() != null) {
            System.err.println("longtake: " + why(end.fault()));
            return 1;
        }
        return end.code() == 1 ? 1 : 0;
    }

    static void requirePort(CommandSpec spec, String option, int value, int lowest) {
        if (value < lowest || value > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), option + " " + value + " is outside " + lowest + " .. 65535");
        }
    }

    /** Whether it is the address of HTTP that cannot be had. */
    private static boolean isBinding(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException || cause instanceof SocketException) {
                return true;
            }
        }
        return false;
    }

    /** Quarkus' own words for that something is wrong, and what it is, as with a setting. */
    private static String why(Throwable fault) {
        Throwable first = Reason.firstCause(fault);
        return first == fault ? fault.getMessage() : fault.getMessage() + ": " + first.getMessage();
    }
}
