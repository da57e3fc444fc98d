package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models over HTTP, as clients of the OpenAI Models API read them. */
@QuarkusTest
class ModelsTest {

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    private Http http;

    @BeforeEach
    void open() {
        served.open(folder);
        http = Http.at(root.resolve("/").toString().replaceAll("/$", ""));
    }

    @Test
    void models_are_listed_with_what_videos_of_them_may_be() {
        JsonNode list = Http.json(http.get("/v1/models"));

        assertThat(list.get("object").asText()).isEqualTo("list");
        assertThat(list.get("data").findValuesAsText("id")).containsExactly("drive", "drive-full");
        JsonNode drive = list.at("/data/0");
        assertThat(drive.get("object").asText()).isEqualTo("model");
        assertThat(drive.get("owned_by").asText()).isEqualTo("longtake");
        assertThat(drive.get("created").isIntegralNumber()).isTrue();
        assertThat(drive.get("size").asText()).isEqualTo("512x256");
        assertThat(drive.get("frame_rate").asInt()).isEqualTo(24);
        assertThat(drive.get("seconds").asDouble()).isEqualTo(3600);
        assertThat(drive.get("prompt_characters").asInt()).isEqualTo(1000);
        assertThat(list.get("data").findValuesAsText("standard")).containsExactly("true", "false");
    }

    @Test
    void one_model_is_told_by_its_name() {
        assertThat(Http.json(http.get("/v1/models/drive-full")).get("id").asText())
                .isEqualTo("drive-full");

        HttpResponse<byte[]> unknown = http.get("/v1/models/sora-2");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(Http.json(unknown).get("detail").asText()).contains("expected one of [drive, drive-full]");
    }
}
