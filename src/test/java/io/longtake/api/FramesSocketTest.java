package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames over a real WebSocket. */
@QuarkusTest
class FramesSocketTest {

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @AutoClose
    private FakeVideoServices services;

    private String video;
    private Http http;

    @BeforeEach
    void order() {
        services = served.open(folder);
        video = services.order(3);
        http = Http.at(root.resolve("/").toString().replaceAll("/$", ""));
    }

    @Test
    void a_video_comes_while_it_is_made() throws Exception {
        try (FrameListener viewer = listen("")) {
            services.grow(video, 0, false);
            viewer.await("batch");
            services.grow(video, 1, false);
            services.grow(video, 2, true);

            assertThat(viewer.awaitClose()).isEqualTo(1000);
            assertThat(viewer.types()).containsExactly("header", "batch", "batch", "batch", "end");
            assertThat(viewer.bytes())
                    .isEqualTo(http.get("/v1/videos/" + video + "/content").body());
        }
    }

    @Test
    void a_viewer_who_was_cut_off_goes_on_with_no_frame_lost_or_repeated() throws Exception {
        services.grow(video, 0, false);
        FrameListener first = listen("");
        first.await("batch");
        first.abort();
        services.grow(video, 1, false);
        services.grow(video, 2, true);

        try (FrameListener second = listen("?from_frame=24")) {
            assertThat(second.awaitClose()).isEqualTo(1000);

            assertThat(first.firstFrames()).containsExactly(0L);
            assertThat(second.firstFrames()).containsExactly(24L, 48L);
        }
    }

    @Test
    void a_viewer_asks_for_batches_by_their_number() throws Exception {
        services.grow(video, 0, false);
        services.grow(video, 1, false);
        services.grow(video, 2, true);
        try (FrameListener viewer = listen("?request=1")) {
            viewer.await("batch");
            viewer.say("{\"request\": 1}");
            viewer.await("batch");
            assertThat(viewer.firstFrames()).containsExactly(0L, 24L);

            viewer.say("{\"request\": 2}");

            assertThat(viewer.awaitClose()).isEqualTo(1000);
            assertThat(viewer.firstFrames()).containsExactly(0L, 24L, 48L);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"request\": 0}",
                "{\"request\": -1}",
                "{\"request\": 2147483648}",
                "{\"request\": \"1\"}",
                "{\"request\": 1} x",
                "{}",
                "[]",
                "",
                "more"
            })
    void what_is_no_request_ends_the_connection(String message) throws Exception {
        try (FrameListener viewer = listen("")) {
            viewer.say(message);

            assertThat(viewer.awaitClose()).isEqualTo(1008);
            assertThat(viewer.reason()).startsWith("expected {\"request\": n}");
        }
    }

    @Test
    void a_long_message_is_not_kept() throws Exception {
        try (FrameListener viewer = listen("")) {
            viewer.say("x".repeat(100_000));

            assertThat(viewer.awaitClose()).isNotEqualTo(1000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "start=middle,                  start",
        "start=,                        start",
        "from_frame=x,                  from_frame",
        "from_frame=-1,                 from_frame",
        "from_frame=73,                 from_frame",
        "from_frame=99999999999,        from_frame",
        "after=x,                       after",
        "request=x,                     request",
        "start=0&from_frame=3,          from_frame",
        "from_frame=3&after=1,          after",
        "start=0&start=live,            start"
    })
    void a_wrong_parameter_is_told_before_there_is_a_socket(String query, String field) {
        HttpResponse<byte[]> answer = http.get("/v1/videos/" + video + "/frames?" + query);

        assertThat(answer.statusCode()).as(Http.text(answer)).isEqualTo(400);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = Http.json(answer);
        assertThat(problem.at("/errors/0/field").asText()).isEqualTo(field);
        assertThat(problem.get("detail").asText()).startsWith(field + " ");
    }

    @Test
    void who_asks_without_a_websocket_is_told_to_take_one() {
        HttpResponse<byte[]> answer = http.get("/v1/videos/" + video + "/frames");

        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(answer.headers().firstValue("Upgrade")).hasValue("websocket");
        assertThat(Http.json(answer).get("title").asText()).isEqualTo("WebSocket expected");
    }

    @Test
    void a_video_that_failed_before_its_first_second_ends_at_once() throws Exception {
        services.cancel(video);

        try (FrameListener viewer = listen("")) {
            assertThat(viewer.awaitClose()).isEqualTo(1000);
            assertThat(viewer.types()).isEqualTo(List.of("end"));
        }
    }

    private FrameListener listen(String query) throws Exception {
        return FrameListener.at(
                URI.create("ws" + http.base().substring("http".length()) + "/v1/videos/" + video + "/frames" + query));
    }
}
