package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longtake.library.LibraryFeed;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where videos lie is away: the server knows them, and cannot show them. */
@QuarkusTest
class VideosOutOfReachTest {

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @Test
    void a_viewer_is_told_to_come_again() throws IOException {
        FakeVideoServices services = served.open(folder);
        Http http = Http.at(root.resolve("/").toString().replaceAll("/$", ""));
        String id = Http.json(http.post("/v1/videos", "application/json", "{\"prompt\": \"a drive\", \"seconds\": 2}"))
                .get("id")
                .asText();
        services.grow(id, 0, true);
        new LibraryFeed(services.library).save();
        served.open(folder); // as after a restart: nothing is in memory
        Path here = folder.resolve("films").resolve(id);
        Path away = Files.move(here, folder.resolve("away"));

        HttpResponse<byte[]> answer = http.get("/v1/videos/" + id + "/pieces/1.m4s");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
        JsonNode problem = Http.json(answer);
        assertThat(problem.get("title").asText()).isEqualTo("no videos");
        assertThat(problem.get("detail").asText()).doesNotContain(folder.toString());

        Files.move(away, here);
        assertThat(http.get("/v1/videos/" + id + "/pieces/1.m4s").statusCode()).isEqualTo(200);
    }
}
