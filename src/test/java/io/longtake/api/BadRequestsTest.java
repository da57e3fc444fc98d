package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longtake.director.AdmissionControl;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake gets an answer that helps, and leaves nothing behind. */
@QuarkusTest
class BadRequestsTest {

    private static final String JSON = "application/json";
    private static final String FORM = "application/x-www-form-urlencoded";

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
            {"seconds": 4}                          | prompt          | is missing
            {"prompt": null}                        | prompt          | is missing
            {"prompt": "  "}                        | prompt          | is empty
            {"prompt": 7}                           | prompt          | must be a string
            {"prompt": ["a"]}                       | prompt          | must be a string
            {"prompt": "a", "seconds": 0}           | seconds         | outside 0.042 .. 3600
            {"prompt": "a", "seconds": -1}          | seconds         | outside
            {"prompt": "a", "seconds": 3601}        | seconds         | .. 3600
            {"prompt": "a", "seconds": "1e308"}     | seconds         | .. 3600
            {"prompt": "a", "seconds": "soon"}      | seconds         | must be a number
            {"prompt": "a", "seconds": "NaN"}       | seconds         | must be a number
            {"prompt": "a", "seconds": {}}          | seconds         | must be a number
            {"prompt": "a", "seconds": true}        | seconds         | must be a number
            {"prompt": "a", "seed": 1.5}            | seed            | whole number
            {"prompt": "a", "seed": 9223372036854775808} | seed       | to 9223372036854775807
            {"prompt": "a", "steps": 0}             | steps           | outside 1 ..
            {"prompt": "a", "steps": 99999999999}   | steps           | outside 1 ..
            {"prompt": "a", "guidance": 0}          | guidance        | 0
            {"prompt": "a", "size": "1280x720"}     | size            | must be 512x256
            {"prompt": "a", "size": 512}            | size            | must be a string
            {"prompt": "a", "model": "sora-2"}      | model           | expected one of
            {"prompt": "a", "model": "../drive"}    | model           | expected one of
            {"prompt": "a", "colour": "red"}        | colour          | is unknown
            {"prompt": "a", "video_id": "x"}        | video_id        | is unknown
            """)
    void a_wrong_field_is_named_with_its_limit(String body, String field, String complaint) {
        HttpResponse<byte[]> answer = http.post("/v1/videos", JSON, body);

        JsonNode problem = problem(answer, 400);
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(problem.at("/errors/0/detail").asText()).contains(complaint);
        assertThat(problem.get("detail").asText()).contains(field + " ");
    }

    @Test
    void an_order_that_is_not_taken_now_is_not_sent_and_told_when_to_come_again() {
        services.admission = (asker, order) -> new AdmissionControl.Turn(3, Duration.ofSeconds(20));

        HttpResponse<byte[]> answer = http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\"}");

        assertThat(problem(answer, 429).get("detail").asText()).isEqualTo("other orders come first: 3");
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("20");
        assertThat(services.ordered).isEmpty();
        assertThat(Http.json(http.get("/v1/videos")).get("data")).isEmpty();
    }

    @Test
    void all_that_is_wrong_is_told_at_once_with_the_values() {
        JsonNode problem =
                problem(http.post("/v1/videos", FORM, "seconds=9999&size=1x1&steps=0&prompt=" + "x".repeat(2000)), 400);

        assertThat(problem.get("errors")).hasSize(4);
        assertThat(problem.at("/errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("seconds", "size", "steps", "prompt");
        assertThat(problem.at("/errors").findValuesAsText("value")).contains("9999", "1x1", "0");
        assertThat(problem.toString())
                .contains("has 2000 characters, the limit is 1000")
                .hasSizeLessThan(1500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "\"a\"",
                "null",
                "{\"prompt\": \"a\"} x",
                "{\"prompt\":\"a\",\"prompt\":\"b\"}",
                "{'prompt':'a'}",
                "{\"prompt\": \"a\"",
                "{\"seed\": [1, 2",
                "{\"prompt\": \"a\"} {}"
            })
    void what_is_no_json_object_is_told_as_that_and_not_in_the_words_of_its_parser(String body) {
        JsonNode problem = problem(http.post("/v1/videos", JSON, body), 400);

        assertThat(problem.get("title").asText()).isEqualTo("invalid JSON");
        assertThat(problem.get("detail").asText())
                .doesNotContain("Source", "REDACTED", "Feature", "Constraints", "`", "com.fasterxml");
    }

    @Test
    void a_limit_of_the_parser_is_told_without_its_setting() {
        for (String body : List.of("{\"seed\": " + "1".repeat(1200) + "}", "{\"seed\": " + "[".repeat(1200))) {
            assertThat(problem(http.post("/v1/videos", JSON, body), 400)
                            .get("detail")
                            .asText())
                    .contains("exceeds the maximum allowed")
                    .doesNotContain("Constraints", "`");
        }
    }

    @Test
    void a_field_of_a_form_comes_once() {
        assertThat(problem(http.post("/v1/videos", FORM, "prompt=a&prompt=b"), 400)
                        .get("detail")
                        .asText())
                .contains("prompt is given 2 times");
    }

    @Test
    void a_file_is_not_taken() {
        String body =
                """
                --b\r
                Content-Disposition: form-data; name="prompt"\r
                \r
                a drive\r
                --b\r
                Content-Disposition: form-data; name="input_reference"; filename="a.png"\r
                Content-Type: image/png\r
                \r
                x\r
                --b--\r
                """;

        assertThat(problem(http.post("/v1/videos", "multipart/form-data; boundary=b", body), 400)
                        .get("detail")
                        .asText())
                .contains("input_reference is a file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "--b\r\nprompt--b--\r\n", "--b\r\n\r\na drive\r\n--b--\r\n"})
    void a_form_that_is_broken_is_told_as_that(String body) {
        problem(http.post("/v1/videos", "multipart/form-data; boundary=b", body), 400);
    }

    @Test
    void a_body_that_is_too_large_is_not_read() {
        byte[] large = new byte[BodyLimit.BYTES + 1];

        assertThat(problem(http.post("/v1/videos", JSON, BodyPublishers.ofByteArray(large)), 413)
                        .get("detail")
                        .asText())
                .contains("65536 bytes");
    }

    @Test
    void a_body_that_hides_its_length_is_turned_away_too() {
        byte[] large = new byte[BodyLimit.BYTES + 1];

        problem(
                http.post(
                        "/v1/videos",
                        JSON,
                        BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(large))),
                413);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000,            404",
        "DELETE, /v1/videos/00000000-0000-0000-0000-000000000000,            404",
        "POST,   /v1/videos/00000000-0000-0000-0000-000000000000/cancel,     404",
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000/content,    404",
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000/events,     404",
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000/live.m3u8,  404",
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000/master.m3u8, 404",
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000/init.mp4,   404",
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000/pieces/1.m4s, 404",
        "GET,    /v1/videos/00000000-0000-0000-0000-000000000000/frames,     404",
        "GET,    /v1/videos/..%2F..%2Fetc/frames,                            404",
        "POST,   /v1/videos/00000000-0000-0000-0000-000000000000/frames,     405",
        "GET,    /v1/videos/..%2F..%2Fetc%2Fpasswd,                          404",
        "GET,    /v1/videos/..%2F..%2Fetc/content,                           404",
        "DELETE, /v1/videos/%2E%2E,                                          404",
        "GET,    /v1/videos/%00/content,                                     404",
        "GET,    /v1/nothing,                                                404",
        "PUT,    /v1/videos,                                                 405",
        "PATCH,  /v1/videos/00000000-0000-0000-0000-000000000000,            405",
        "GET,    /v1/videos?limit=0,                                         400",
        "GET,    /v1/videos?limit=101,                                       400",
        "GET,    /v1/videos?limit=x,                                         400",
        "GET,    /v1/videos?order=up,                                        400",
        "GET,    /v1/videos?after=x,                                         404",
        "GET,    /v1/videos?limit=,                                          400",
        "GET,    /v1/videos?order=,                                          400"
    })
    void a_wrong_address_is_told_as_that(String method, String path, int status) {
        HttpResponse<byte[]> answer = http.call(method, path);

        problem(answer, status);
        if (status == 405) {
            assertThat(answer.headers().firstValue("Allow")).isPresent();
        }
    }

    @Test
    void a_body_of_another_kind_is_told_as_that() {
        assertThat(problem(http.post("/v1/videos", "text/plain", "a drive"), 415)
                        .get("detail")
                        .asText())
                .contains("application/json");
    }

    @Test
    void a_key_that_was_used_for_another_body_is_told_as_that() {
        http.post("/v1/videos", JSON, "{\"prompt\": \"a\"}", "Idempotency-Key", "k");

        HttpResponse<byte[]> answer = http.post("/v1/videos", JSON, "{\"prompt\": \"b\"}", "Idempotency-Key", "k");

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(Http.json(answer).at("/error/code").asText()).isEqualTo("idempotency_key_used_before");
        assertThat(services.ordered).hasSize(1);
    }

    private JsonNode problem(HttpResponse<byte[]> answer, int status) {
        assertThat(answer.statusCode()).as(Http.text(answer)).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        JsonNode problem = Http.json(answer);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asText()).isNotEmpty();
        assertThat(problem.get("detail").asText()).isNotEmpty();
        assertThat(services.ordered).as("nothing is written").isEmpty();
        assertThat(services.cancelled).isEmpty();
        assertThat(services.library.videos().all()).isEmpty();
        return problem;
    }
}
