package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Commands that run side by side in one workspace, as on a machine with several terminals. */
final class Commands implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path workspace;
    private final Map<String, String> environment;
    private final List<Running> running = new ArrayList<>();

    Commands(Path workspace) {
        this(workspace, Map.of());
    }

    /** @param environment more than this process has */
    Commands(Path workspace, Map<String, String> environment) {
        this.workspace = workspace;
        this.environment = environment;
    }

    /** A command, and where it says what. */
    record Running(Process process, Path out, Path err) {

        /** As by {@code kill -9}. */
        void kill() {
            process.destroyForcibly();
            process.onExit().join();
        }

        /** As by {@code kill}, or Ctrl-C; fails if it takes no notice. */
        void stop() throws Exception {
            process.destroy();
            assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends when it is told to: " + said())
                    .isTrue();
        }

        /** Exit status, once it has ended. */
        int status() throws Exception {
            assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                    .as("it ends: " + said())
                    .isTrue();
            return process.exitValue();
        }

        String said() throws IOException {
            return Files.readString(err) + Files.readString(out);
        }

        /** The Kafka that it runs in a child process. */
        Optional<ProcessHandle> broker() {
            return process.descendants()
                    .filter(child -> child.info().commandLine().orElse("").contains("BrokerMain"))
                    .findFirst();
        }
    }

    Running start(String name, String... args) throws IOException {
        Path out = workspace.resolve(name + ".out");
        Path err = workspace.resolve(name + ".err");
        Running command = new Running(new Command(workspace, environment).start(out, err, args), out, err);
        running.add(command);
        return command;
    }

    /** Starts a command, and returns when it has said that it is there. */
    Running serve(String name, String... args) throws Exception {
        Running command = start(name, args);
        Command.awaitText(command.process(), command.err(), "Ctrl-C");
        return command;
    }

    /** What HTTP answers; empty if nobody does. */
    Optional<HttpResponse<String>> get(int port, String path) throws InterruptedException {
        try {
            return Optional.of(http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .timeout(DEADLINE)
                            .build(),
                    BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    boolean isReady(int port) throws InterruptedException {
        return get(port, "/q/health/ready")
                .filter(answer -> answer.statusCode() == 200)
                .isPresent();
    }

    void await(String what, Callable<Boolean> condition) {
        await(what, DEADLINE, condition);
    }

    void await(String what, Duration deadline, Callable<Boolean> condition) {
        Waiting.until(what, deadline, condition);
    }

    @Override
    public void close() {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).process().descendants().forEach(ProcessHandle::destroyForcibly);
            running.get(i).kill();
        }
    }
}
