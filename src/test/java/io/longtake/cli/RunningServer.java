package io.longtake.cli;

import io.longtake.FreePort;
import io.longtake.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@code longtake up} as a user starts it, on a port that stays the same when it starts again. */
final class RunningServer implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(5);

    private final Command command;
    private final Path workspace;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private Process up;

    private RunningServer(Command command, Path workspace, int port) {
        this.command = command;
        this.workspace = workspace;
        this.port = port;
    }

    /** Returns when it is ready. */
    static RunningServer start(Command command, Path workspace) throws IOException, InterruptedException {
        RunningServer server = new RunningServer(command, workspace, FreePort.find());
        server.start();
        return server;
    }

    String address() {
        return "http://localhost:" + port;
    }

    void start() throws IOException, InterruptedException {
        Path err = Files.createTempFile(workspace, "up", ".err");
        up = command.start(
                Files.createTempFile(workspace, "up", ".out"),
                err,
                "up",
                "--port",
                Integer.toString(port),
                "--data-dir",
                workspace.resolve("data").toString());
        Command.awaitText(up, err, "Ctrl-C");
        Waiting.until("/q/health/ready to say UP, see " + err, DEADLINE, up, this::ready);
    }

    /** Ctrl-C; returns when it is gone. */
    void stop() throws InterruptedException {
        up.destroy();
        up.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    private boolean ready() throws InterruptedException {
        try {
            HttpRequest ready = HttpRequest.newBuilder(URI.create(address() + "/q/health/ready"))
                    .timeout(DEADLINE)
                    .build();
            return client.send(ready, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
