package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longtake.Waiting;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of other open servers send, and what stands around this server. */
@QuarkusTest
class DialectTest {

    private static final String JSON = "application/json";

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @AutoClose
    private FakeVideoServices services;

    private Http http;

    @BeforeEach
    void open() {
        services = served.open(folder);
        http = Http.at(root.resolve("/").toString().replaceAll("/$", ""));
    }

    @Test
    void open_servers_names_for_fields_mean_here_what_they_mean_there() {
        post(
                "/v1/videos",
                """
                {"prompt": "a drive", "num_frames": 60, "fps": 24, "width": 512, "height": 256, "num_inference_steps": 7,
                 "guidance_scale": 2.5, "negative_prompt": "rain", "seed": 3, "user": "u", "generator_device": "cpu",
                 "output_quality": 5}
                """);

        Scene scene = Scenes.first(services.ordered.get(0));
        assertThat(services.ordered.get(0).getSeconds()).isEqualTo(2.5);
        assertThat(scene.getSteps()).isEqualTo(7);
        assertThat(scene.getGuidance()).isEqualTo(2.5);
        assertThat(scene.getNegativePrompt()).isEqualTo("rain");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            "num_frames": 0                             | num_frames          | from 1 to 86400
            "num_frames": 86401                         | num_frames          | from 1 to 86400
            "num_frames": 1.5                           | num_frames          | whole number
            "num_frames": 48, "seconds": 2              | num_frames          | cannot stand beside seconds
            "fps": 16                                   | fps                 | must be 24: model drive makes no other
            "width": 1280                               | width               | must be 512
            "height": 720                               | height              | must be 256
            "num_inference_steps": 0                    | num_inference_steps | outside 1 .. 100
            "num_inference_steps": 4, "steps": 4        | num_inference_steps | cannot stand beside steps
            "guidance_scale": 21                        | guidance_scale      | outside 1 .. 20
            "image_reference": "https://example.com"    | image_reference     | is unknown
            "lora": "{}"                                | lora                | is unknown
            "output_quality": []                        | output_quality      | a string or a number
            """)
    void what_cannot_be_honoured_is_refused_by_its_name(String field, String name, String complaint) {
        HttpResponse<byte[]> refused = http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\", " + field + "}");

        JsonNode error = Http.json(refused).get("error");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(error.get("param").asText()).isEqualTo(name);
        assertThat(error.get("message").asText()).contains(name + " ").contains(complaint);
        assertThat(error.get("type").asText()).isEqualTo("invalid_request_error");
        assertThat(error.get("code").asText()).isEqualTo("invalid_request");
    }

    @Test
    void half_a_character_is_refused_and_makes_no_video() {
        HttpResponse<byte[]> refused = http.post("/v1/videos", JSON, "{\"prompt\": \"a drive \\ud83d\"}");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(Http.json(refused).at("/error/message").asText())
                .contains("prompt has half a character at 8: U+D83D");
        assertThat(services.ordered).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "-9223372036854775808", "9223372036854775807"})
    void a_seed_that_javascript_would_round_is_a_string_there_and_back(String seed) {
        JsonNode ordered = post("/v1/videos", "{\"prompt\": \"a drive\", \"seed\": \"" + seed + "\"}");

        assertThat(ordered.get("seed").isTextual()).isTrue();
        assertThat(ordered.get("seed").asText()).isEqualTo(seed);
        assertThat(Long.toString(Scenes.first(services.ordered.get(0)).getSeed()))
                .isEqualTo(seed);
    }

    @Test
    void a_seed_that_everybody_reads_is_a_number() {
        assertThat(post("/v1/videos", "{\"prompt\": \"a drive\", \"seed\": 9007199254740991}")
                        .get("seed")
                        .isNumber())
                .isTrue();
    }

    @Test
    void sync_answers_the_file_while_it_is_made() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> file = CompletableFuture.supplyAsync(
                () -> http.post("/v1/videos/sync", JSON, "{\"prompt\": \"a drive\", \"seconds\": 2}"));
        Waiting.until("the order", () -> !services.library.videos().all().isEmpty());
        String id = services.ordered.get(0).getVideoId();
        services.grow(id, 0, false);
        services.grow(id, 1, true);

        HttpResponse<byte[]> answer = file.get(1, TimeUnit.MINUTES);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(answer.headers().firstValue("Content-Location")).hasValue("/v1/videos/" + id + "/content");
        assertThat(answer.body())
                .isEqualTo(http.get("/v1/videos/" + id + "/content").body());
    }

    @Test
    void sync_of_a_video_that_is_stopped_before_its_first_second_says_so() throws Exception {
        CompletableFuture<HttpResponse<byte[]>> file = CompletableFuture.supplyAsync(
                () -> http.post("/v1/videos/sync", JSON, "{\"prompt\": \"a drive\", \"seconds\": 2}"));
        Waiting.until("the order", () -> !services.library.videos().all().isEmpty());
        services.cancel(services.ordered.get(0).getVideoId());

        assertThat(file.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(409);
    }

    @Test
    void sync_of_a_video_that_is_stopped_later_does_not_look_whole() {
        CompletableFuture<HttpResponse<byte[]>> file = CompletableFuture.supplyAsync(
                () -> http.post("/v1/videos/sync", JSON, "{\"prompt\": \"a drive\", \"seconds\": 2}"));
        Waiting.until("the order", () -> !services.library.videos().all().isEmpty());
        String id = services.ordered.get(0).getVideoId();
        services.grow(id, 0, false);
        services.cancel(id);

        assertThat(file)
                .failsWithin(java.time.Duration.ofMinutes(1))
                .withThrowableThat()
                .withMessageContaining("sync");
    }

    @Test
    void a_list_goes_on_behind_a_video_that_was_deleted_meanwhile() {
        List<String> ids = List.of(services.order(1), services.order(1), services.order(1), services.order(1));
        JsonNode first = Http.json(http.get("/v1/videos?limit=2"));
        String last = first.get("last_id").asText();
        http.call("DELETE", "/v1/videos/" + last);

        JsonNode second = Http.json(http.get("/v1/videos?limit=2&after=" + last));

        assertThat(second.get("data").findValuesAsText("id")).containsExactly(ids.get(1), ids.get(0));
        assertThat(http.get("/v1/videos?after=x").statusCode()).isEqualTo(404);
    }

    @Test
    void addresses_begin_where_a_proxy_has_put_this_server() {
        String id = services.order(1);
        services.grow(id, 0, true);

        JsonNode urls = Http.json(http.get("/v1/videos/" + id, "X-Forwarded-Prefix", "/media/longtake/"))
                .get("urls");
        assertThat(urls.get("hls").asText()).isEqualTo("/media/longtake/v1/videos/" + id + "/master.m3u8");
        assertThat(Http.text(http.get("/v1/videos/" + id + "/events", "X-Forwarded-Prefix", "/media")))
                .contains("\"/media/v1/videos/" + id + "/content\"");
        assertThat(http.get("/v1/videos/" + id, "X-Forwarded-Prefix", "//evil.example")
                        .statusCode())
                .isEqualTo(400);
        assertThat(Http.text(http.get("/v1/videos/" + id + "/master.m3u8")))
                .as("a playlist's addresses are relative")
                .doesNotContain("/v1/");
        assertThat(Http.text(http.get("/"))).as("the page's are, too").doesNotContain("\"/");
        assertThat(http.get("/q/swagger-ui", "X-Forwarded-Prefix", "/media")
                        .headers()
                        .firstValue("Location"))
                .as("so are redirects")
                .hasValue("/media/q/swagger-ui/");
    }

    @Test
    void proxies_are_told_to_pass_events_on_as_they_come() {
        HttpResponse<byte[]> events = finishedEvents();

        assertThat(events.headers().firstValue("X-Accel-Buffering")).hasValue("no");
        assertThat(events.headers().firstValue("Cache-Control")).hasValue("no-cache, no-transform");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/videos,               'GET, HEAD, POST, OPTIONS'",
        "/v1/videos/sync,          'POST, OPTIONS'",
        "/v1/videos/x,             'GET, HEAD, DELETE, OPTIONS'",
        "/v1/videos/x/cancel,      'POST, OPTIONS'",
        "/v1/videos/x/events,      'GET, HEAD, OPTIONS'",
        "/v1/videos/x/pieces/1.m4s, 'GET, HEAD, OPTIONS'",
        "/v1/models,               'GET, HEAD, OPTIONS'"
    })
    void options_names_the_methods_of_the_address(String path, String methods) {
        assertThat(http.call("OPTIONS", path).headers().firstValue("Allow")).hasValue(methods);
    }

    @Test
    void a_browser_is_shown_a_page_where_programs_get_a_document() {
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

        HttpResponse<byte[]> page = http.get("/nothing", "Accept", browser);
        HttpResponse<byte[]> document = http.get("/nothing");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(Http.text(page)).contains("<h1>Unknown address</h1>").contains("href=\"/\"");
        assertThat(document.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Http.text(http.get("/v1/videos/%3Cscript%3E", "Accept", browser)))
                .doesNotContain("<script");
    }

    @Test
    void the_reference_is_a_page_from_this_server_alone() {
        HttpResponse<byte[]> reference = http.get("/q/swagger-ui/");

        assertThat(reference.statusCode()).isEqualTo(200);
        assertThat(Http.text(reference)).contains("../openapi").doesNotContain("https://");
    }

    private HttpResponse<byte[]> finishedEvents() {
        String id = services.order(1);
        services.grow(id, 0, true);
        return http.get("/v1/videos/" + id + "/events");
    }

    private JsonNode post(String path, String body) {
        HttpResponse<byte[]> answer = http.post(path, JSON, body);
        assertThat(answer.statusCode()).as(Http.text(answer)).isEqualTo(200);
        return Http.json(answer);
    }
}
