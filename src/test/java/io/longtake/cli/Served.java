package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.FreePort;
import io.longtake.Waiting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** A platform that {@code longtake up} started, and its HTTP. */
final class Served implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final Process process;

    private Served(int port, Process process) {
        this.port = port;
        this.process = process;
    }

    /** Starts one in a workspace, and returns when it is ready. */
    static Served up(Command command, Path workspace) throws Exception {
        int port = FreePort.find();
        Path err = Files.createTempFile(workspace, "up", ".err");
        Process process = command.start(
                Files.createTempFile(workspace, "up", ".out"),
                err,
                "up",
                "--port",
                Integer.toString(port),
                "--data-dir",
                workspace.resolve("data").toString());
        Served served = new Served(port, process);
        try {
            Command.awaitText(process, err, "Ctrl-C");
            served.await("/q/health/ready says UP", served::ready);
            return served;
        } catch (Exception | AssertionError e) {
            served.close();
            throw e;
        }
    }

    /** Looks again and again. */
    void await(String what, Callable<Boolean> condition) {
        Waiting.until(what, DEADLINE, process, condition);
    }

    /** Looks again and again, whether it holds all the time. */
    void holds(String what, Duration time, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(200))
                .atMost(time.plus(DEADLINE))
                .failFast(what + ", and no longer", () -> !condition.call())
                .during(time)
                .until(condition);
    }

    HttpResponse<byte[]> get(String path) throws Exception {
        return send(request(path));
    }

    HttpResponse<byte[]> post(String path, String body) throws Exception {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private boolean ready() throws Exception {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(DEADLINE);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }
}
