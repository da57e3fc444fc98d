package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.ForeignProgram;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official OpenAI libraries, in the versions that {@code .ci} pins, and vLLM-Omni's documented commands. */
@QuarkusTest
class OfficialClientsTest {

    private static final String PYTHON = ForeignProgram.PYTHON;
    private static final Path SCRIPTS = Path.of(".ci", "clients");

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @AutoClose
    private FakeVideoServices services;

    private String base;
    private Path file;

    @BeforeEach
    void open() {
        services = served.open(folder.resolve("library"));
        services.makeAtOnce();
        base = "http://localhost:" + root.getPort() + "/v1";
        file = folder.resolve("video.mp4");
    }

    @Test
    void pythons_orders_polls_lists_downloads_deletes_and_shows_why_it_was_refused() throws Exception {
        ForeignProgram.require(PYTHON + " with openai", PYTHON, "-c", "import openai");

        assertEverythingWorks(PYTHON, SCRIPTS.resolve("official.py").toString(), base, file.toString());
    }

    @Test
    void nodes_orders_polls_lists_downloads_deletes_and_shows_why_it_was_refused() throws Exception {
        if (!Files.isDirectory(SCRIPTS.resolve("node_modules"))) {
            ForeignProgram.absent("the Node package openai is not installed in " + SCRIPTS + " (npm ci)");
        }

        assertEverythingWorks(
                ForeignProgram.node(), SCRIPTS.resolve("official.mjs").toString(), base, file.toString());
    }

    /** As its docs/serving/videos_api.md has them, with our model's size, rate and number of frames. */
    @Test
    void vllm_omnis_documented_commands_order_a_video() throws Exception {
        ForeignProgram.require("curl", "curl", "--version");

        String ordered = said(List.of(
                "curl",
                "-s",
                base + "/videos",
                "-F",
                "prompt=A cinematic tracking shot of a mountain lake at sunrise",
                "-F",
                "width=512",
                "-F",
                "height=256",
                "-F",
                "num_frames=24",
                "-F",
                "fps=24",
                "-F",
                "num_inference_steps=40"));
        String sent = said(List.of(
                "curl",
                "-sS",
                "-X",
                "POST",
                base + "/videos/sync",
                "-F",
                "prompt=A small robot walking through a neon city",
                "-F",
                "width=512",
                "-F",
                "height=256",
                "-F",
                "num_frames=24",
                "-F",
                "fps=24",
                "-o",
                file.toString()));

        assertThat(ordered).contains("\"status\":\"completed\"").contains("\"steps\":40");
        assertThat(sent).isEmpty();
        String id = services.ordered.get(1).getVideoId();
        assertThat(services.ordered.get(1).getSeconds()).isEqualTo(1);
        assertThat(file)
                .hasBinaryContent(
                        Http.at(base).get("/videos/" + id + "/content").body());
    }

    private void assertEverythingWorks(String... command) throws Exception {
        assertThat(said(List.of(command)).lines())
                .containsExactly(
                        "status completed 1 512x256",
                        "listed 1",
                        "deleted " + (command[0].equals(PYTHON) ? "True" : "true"),
                        "refused 400 invalid_request seconds " + shown(400, command)
                                + "seconds 9999 is outside 0.042 .. 3600; size must be 512x256: model drive makes no other",
                        "refused 404 unknown_video video_id " + shown(404, command) + "there is no video "
                                + services.ordered.get(0).getVideoId());
        assertThat(Files.size(file)).isPositive();
    }

    /** What a library puts before the server's own words. */
    private static String shown(int status, String... command) {
        return command[0].equals(PYTHON) ? "Error code: " + status + " - " : status + " ";
    }

    private static String said(List<String> command) throws IOException, InterruptedException {
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(said).isZero();
        return said;
    }
}
