package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.ForeignProgram;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of {@code docs/clients.md} in other languages: each follows a video over a line that breaks in the middle. */
@QuarkusTest
class ForeignClientsTest {

    private static final String PYTHON = ForeignProgram.PYTHON;

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    private FakeVideoServices services;
    private Http http;
    private BreakingLine line;
    private Path file;

    @BeforeEach
    void open() throws IOException {
        services = served.open(folder.resolve("library"));
        http = Http.at("http://localhost:" + root.getPort());
        line = new BreakingLine(root.getPort());
        file = folder.resolve("video.mp4");
    }

    @AfterEach
    void close() throws IOException {
        line.close();
    }

    @Test
    void python_orders_a_video_and_hears_all_that_happens_once() throws Exception {
        ForeignProgram.require(PYTHON, PYTHON, "--version");

        assertThatEverythingIsHeardOnce(
                PYTHON,
                "docs/examples/follow_video.py",
                "a drive",
                "--seconds",
                "2",
                "--base-url",
                "http://" + line.address(),
                "-o",
                file.toString());
    }

    @Test
    void javascript_orders_a_video_and_hears_all_that_happens_once() throws Exception {
        assertThatEverythingIsHeardOnce(
                ForeignProgram.node(),
                "docs/examples/follow_video.mjs",
                "a drive",
                file.toString(),
                "http://" + line.address(),
                "2");
    }

    @Test
    void python_watches_frames_and_misses_none() throws Exception {
        ForeignProgram.require(PYTHON, PYTHON, "--version");
        String id = order();

        assertThatEveryFrameComesOnce(
                id, PYTHON, "docs/examples/watch_frames.py", id, file.toString(), "http://" + line.address());
    }

    @Test
    void javascript_watches_frames_and_misses_none() throws Exception {
        String id = order();

        assertThatEveryFrameComesOnce(
                id,
                ForeignProgram.node(),
                "docs/examples/watch_frames.mjs",
                id,
                file.toString(),
                "ws://" + line.address());
    }

    private void assertThatEverythingIsHeardOnce(String... command) throws Exception {
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            String id = await(out, "video ").substring("video ".length());
            await(out, "event video 0");
            services.grow(id, 0, false);
            await(out, "event stitched 24");

            line.cut();
            services.grow(id, 1, true);

            byte[] video = content(id);
            assertThat(out.lines())
                    .containsExactly("event stitched 48", "event finished 48", "written " + video.length + " bytes");
            assertThat(program.waitFor()).isZero();
            assertThat(file).hasBinaryContent(video);
        }
    }

    private void assertThatEveryFrameComesOnce(String id, String... command) throws Exception {
        Process program = new ProcessBuilder(command)
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
            services.grow(id, 0, false);
            await(out, "header 64x32 at 24/s, mp4");
            await(out, "frames 0 to 23, ");

            line.cut();
            services.grow(id, 1, true);

            assertThat(out.lines().map(said -> said.replaceAll(", \\d+ bytes", "")))
                    .as(Files.readString(folder.resolve("err")))
                    .containsExactly("frames 24 to 47", "end completed 48");
            assertThat(program.waitFor()).isZero();
            assertThat(file).hasBinaryContent(content(id));
        }
    }

    private String order() {
        return Http.json(http.post("/v1/videos", "application/json", "{\"prompt\": \"a drive\", \"seconds\": 2}"))
                .get("id")
                .asText();
    }

    private byte[] content(String id) {
        return http.get("/v1/videos/" + id + "/content").body();
    }

    private static String await(BufferedReader out, String beginning) throws IOException {
        String said = out.readLine();
        assertThat(said).startsWith(beginning);
        return said;
    }
}
