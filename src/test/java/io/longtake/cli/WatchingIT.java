package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.longtake.ForeignProgram;
import io.longtake.FreePort;
import io.longtake.Waiting;
import io.longtake.client.Cursor;
import io.longtake.client.Fragment;
import io.longtake.client.LongtakeClient;
import io.longtake.video.HlsReader;
import java.io.ByteArrayOutputStream;
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
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video ordered over HTTP and watched while it is made, with everything that a user starts. */
@Tag("alone")
class WatchingIT {

    private static final String PYTHON = ForeignProgram.PYTHON;
    private static final Duration DEADLINE = Duration.ofMinutes(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path workspace;

    private final HttpClient client = HttpClient.newHttpClient();
    private int port;
    private Process up;

    @BeforeEach
    void start() throws Exception {
        port = FreePort.find();
        up();
    }

    @AfterEach
    void stop() throws Exception {
        up.destroy();
        up.waitFor();
    }

    @Test
    void a_video_is_watched_while_it_is_made_and_is_there_after_a_restart() throws Exception {
        String id = order("a drive at night", 2.5);
        String address = "/v1/videos/" + id;

        awaitStart(address + "/live.m3u8");
        assertThat(HlsReader.frames(base() + address + "/master.m3u8")).isEqualTo(60);

        JsonNode video = awaitEnd(id);
        assertThat(video.get("status").asText()).isEqualTo("completed");
        assertThat(video.get("progress").asInt()).isEqualTo(100);
        byte[] content = get(address + "/content").body();
        assertThat(content).isEqualTo(subscribed(id));
        assertThat(HlsReader.frames(base() + address + "/live.m3u8"))
                .as("afterwards, too")
                .isEqualTo(60);
        assertThat(text(get(address + "/events"))).contains("\"status\":\"completed\"");

        stop();
        up();

        assertThat(json(get("/v1/videos")).at("/data").findValuesAsText("id")).containsExactly(id);
        assertThat(json(get(address)).get("created_at")).isEqualTo(video.get("created_at"));
        assertThat(get(address + "/content").body()).isEqualTo(content);

        delete(address);
        stop();
        up();

        assertThat(json(get("/v1/videos")).get("data"))
                .as("what was deleted does not come back")
                .isEmpty();
        assertThat(get(address + "/content").statusCode()).isEqualTo(404);
    }

    /** So long that it cannot be finished before its first playlist is read, however slowly this test is let run. */
    @Test
    void a_video_plays_before_it_is_finished() throws Exception {
        String address = "/v1/videos/" + order("a drive by day", 60);

        assertThat(text(awaitStart(address + "/live.m3u8")))
                .contains("pieces/1.m4s")
                .doesNotContain("ENDLIST");

        delete(address);
    }

    @Test
    void the_official_openai_library_makes_and_fetches_a_video() throws Exception {
        ForeignProgram.require(PYTHON + " with openai", PYTHON, "-c", "import openai");
        Path file = workspace.resolve("sdk.mp4");

        Process script = new ProcessBuilder(
                        PYTHON,
                        "docs/examples/openai_sdk.py",
                        "an empty road",
                        "--seconds",
                        "1",
                        "--base-url",
                        base() + "/v1",
                        "-o",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(script.waitFor()).as(said).isZero();
        assertThat(said).contains("completed, 1 s of 512x256, 100 %");
        assertThat(HlsReader.frames(file.toString())).isEqualTo(24);
    }

    private String order(String prompt, double seconds) throws Exception {
        return json(post(String.format(
                        Locale.ROOT, "{\"prompt\": \"%s\", \"seconds\": %s, \"seed\": 7}", prompt, seconds)))
                .get("id")
                .asText();
    }

    private void delete(String address) throws Exception {
        assertThat(send(request(address).DELETE()).statusCode()).isEqualTo(200);
    }

    private void up() throws Exception {
        Path err = Files.createTempFile(workspace, "up", ".err");
        up = new Command(workspace)
                .start(
                        Files.createTempFile(workspace, "up", ".out"),
                        err,
                        "up",
                        "--port",
                        Integer.toString(port),
                        "--data-dir",
                        data().toString());
        Command.awaitText(up, err, "Ctrl-C");
        Waiting.until("/q/health/ready to say UP", DEADLINE, up, this::ready);
    }

    private boolean ready() throws Exception {
        try {
            return get("/q/health/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** A busy machine may take longer for the first second than one request waits. */
    private HttpResponse<byte[]> awaitStart(String playlist) throws Exception {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        HttpResponse<byte[]> answer = get(playlist);
        while (answer.statusCode() == 503) {
            assertThat(System.nanoTime()).as(text(answer)).isLessThan(deadline);
            answer = get(playlist);
        }
        return answer;
    }

    private JsonNode awaitEnd(String id) throws Exception {
        Waiting.until("the video to end", DEADLINE, up, () -> !json(get("/v1/videos/" + id))
                .get("status")
                .asText()
                .matches("queued|in_progress"));
        return json(get("/v1/videos/" + id));
    }

    /** The video as a Kafka subscriber gets it. */
    private byte[] subscribed(String id) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        String address = Files.readString(data().resolve("kafka.address")).trim();
        try (LongtakeClient kafka = LongtakeClient.create(address);
                Cursor<Fragment> fragments = kafka.video(id).file().open()) {
            fragments.forEachRemaining(
                    fragment -> file.writeBytes(fragment.item().bytes()));
        }
        return file.toByteArray();
    }

    private Path data() {
        return workspace.resolve("data");
    }

    private String base() {
        return "http://localhost:" + port;
    }

    private HttpResponse<byte[]> post(String body) throws Exception {
        return send(
                request("/v1/videos").header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path)).timeout(DEADLINE);
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
        assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
