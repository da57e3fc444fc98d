package io.longtake.cli;

import io.longtake.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;
import org.awaitility.core.TerminalFailureException;

/** The launcher, run as a user runs it, on the application that the build has just packaged. */
final class Command {

    private static final long DEADLINE_MINUTES = 10;

    private final Path workspace;
    private final Map<String, String> environment;
    private final Path launcher;

    Command(Path workspace) {
        this(workspace, Map.of());
    }

    /** @param environment more than this process has */
    Command(Path workspace, Map<String, String> environment) {
        this(workspace, environment, Path.of("longtake").toAbsolutePath());
    }

    private Command(Path workspace, Map<String, String> environment, Path launcher) {
        this.workspace = workspace;
        this.environment = environment;
        this.launcher = launcher;
    }

    /** The same, of another clone. */
    Command of(Path other) {
        return new Command(workspace, environment, other);
    }

    /** What a command said, and how it ended. */
    record Outcome(int status, String out, String err) {}

    Outcome run(String... args) throws IOException, InterruptedException {
        Path out = Files.createTempFile(workspace, "out", ".txt");
        Path err = Files.createTempFile(workspace, "err", ".txt");
        Process process = start(out, err, args);
        if (!process.waitFor(DEADLINE_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError(
                    "not done within " + DEADLINE_MINUTES + " min: " + List.of(args) + "\n" + Files.readString(err));
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Starts a command that goes on; what it says lands in files of the workspace. */
    Process start(Path out, Path err, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().remove("KAFKA_BOOTSTRAP_SERVERS");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Waits until a file of a running process says something. */
    static void awaitText(Process process, Path file, String text) throws IOException, InterruptedException {
        try {
            Waiting.until("'" + text + "'", Duration.ofMinutes(5), process, () -> Files.readString(file)
                    .contains(text));
        } catch (ConditionTimeoutException | TerminalFailureException e) {
            throw new AssertionError("expected '" + text + "', got:\n" + Files.readString(file), e);
        }
    }
}
