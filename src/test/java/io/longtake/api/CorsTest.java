package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages that an operator allows, by Quarkus' own settings. */
@QuarkusTest
@TestProfile(CorsTest.Allowing.class)
class CorsTest {

    private static final String ORIGIN = "https://app.example";

    /** As an operator sets it. */
    public static final class Allowing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.cors.enabled", "true",
                    "quarkus.http.cors.origins", ORIGIN,
                    "longtake.http.hosts", "videos.example");
        }
    }

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @AutoClose
    private FakeVideoServices services;

    @BeforeEach
    void open() {
        services = served.open(folder);
    }

    @Test
    void an_allowed_page_is_let_ask_and_order() throws IOException {
        String asked = RawRequest.answer(
                root,
                "OPTIONS",
                "/v1/videos",
                "Host: videos.example",
                "Origin: " + ORIGIN,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: content-type");
        HttpResponse<byte[]> ordered = Http.at(root.toString().replaceAll("/$", ""))
                .post("/v1/videos", "application/json", "{\"prompt\": \"a drive\"}", "Origin", ORIGIN);

        assertThat(asked.toLowerCase(java.util.Locale.ROOT))
                .startsWith("http/1.1 200 ")
                .contains("access-control-allow-origin: " + ORIGIN);
        assertThat(ordered.statusCode()).isEqualTo(200);
        assertThat(ordered.headers().firstValue("Access-Control-Allow-Origin")).hasValue(ORIGIN);
    }

    @Test
    void any_other_page_is_not() {
        HttpResponse<byte[]> ordered = Http.at(root.toString().replaceAll("/$", ""))
                .post("/v1/videos", "application/json", "{\"prompt\": \"a drive\"}", "Origin", "https://evil.example");

        assertThat(ordered.statusCode()).isEqualTo(403);
        assertThat(services.ordered).isEmpty();
    }
}
