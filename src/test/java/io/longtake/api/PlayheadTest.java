package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longtake.event.PlayheadEvent;
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

/** What requests tell of viewers, without a Kafka; the viewers' clock stands still unless the test says otherwise. */
@QuarkusTest
class PlayheadTest {

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
    private String id;
    private String video;

    @BeforeEach
    void open() {
        services = served.open(folder);
        http = Http.at(root.resolve("/").toString().replaceAll("/$", ""));
        id = Http.json(http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\", \"seconds\": 60}"))
                .get("id")
                .asText();
        video = "/v1/videos/" + id;
        services.grow(id, 0, false);
        services.grow(id, 1, false);
        services.grow(id, 2, false);
    }

    @Test
    void whoever_plays_by_the_playlists_is_a_viewer_who_plays_what_it_fetched() {
        String master = Http.text(http.get(video + "/master.m3u8"));
        String address =
                master.lines().filter(line -> !line.startsWith("#")).findFirst().orElseThrow();
        assertThat(services.viewers.news()).as("a master playlist is no video").isEmpty();

        http.get(video + "/" + address);
        http.get(video + "/pieces/1.m4s");
        http.get(video + "/pieces/2.m4s");
        assertThat(only(services.viewers.news()).getFrame()).isZero();
        services.now.addAndGet(10_000);
        services.grow(id, 3, false); // it is told of more only
        http.get(video + "/" + address);

        PlayheadEvent event = only(services.viewers.news());
        assertThat(event.getViewers()).isEqualTo(1);
        assertThat(event.getFrame())
                .as("of 96 that are there and 240 that could have played")
                .isEqualTo(48);
    }

    @Test
    void every_master_playlist_is_another_viewer_unless_the_player_names_itself() {
        List<String> queries = List.of("", "", "?viewer=me", "?viewer=me");
        for (int i = 0; i < queries.size(); i++) {
            String query = queries.get(i);
            services.grow(id, 3 + i, false);
            String master = Http.text(http.get(video + "/master.m3u8" + query));
            http.get(video + "/"
                    + master.lines()
                            .filter(line -> !line.startsWith("#"))
                            .findFirst()
                            .orElseThrow());
        }

        assertThat(only(services.viewers.news()).getViewers()).isEqualTo(3);
    }

    @Test
    void who_waits_for_the_first_picture_begins_with_it() throws Exception {
        String id = Http.json(http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\", \"seconds\": 60}"))
                .get("id")
                .asText();
        CompletableFuture<HttpResponse<byte[]>> early = http.later("/v1/videos/" + id + "/master.m3u8");
        http.get("/v1/videos/" + id); // the other one is on its way
        long shown = System.currentTimeMillis();
        services.grow(id, 0, false);

        String since = Http.text(early.get(1, TimeUnit.MINUTES))
                .replaceAll("(?s).*since=", "")
                .trim();

        assertThat(Long.parseLong(since)).isGreaterThanOrEqualTo(shown);
    }

    @Test
    void fragments_have_the_same_address_for_all_viewers() {
        assertThat(Http.text(http.get(video + "/live.m3u8?viewer=me&since=0")))
                .contains("\npieces/1.m4s\n")
                .doesNotContain("viewer");
    }

    @Test
    void a_player_says_where_it_is() {
        http.get(video + "/live.m3u8?viewer=me");

        HttpResponse<byte[]> heard = say("{\"viewer\": \"me\", \"frame\": 30, \"playing\": false}");

        assertThat(heard.statusCode()).isEqualTo(204);
        PlayheadEvent event = only(services.viewers.news());
        assertThat(event.getViewers()).isEqualTo(1);
        assertThat(event.getFrame()).isEqualTo(30);
        assertThat(event.getPlaying()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            textBlock =
                    """
            {"frame": 1}                                    | viewer  | must be a string
            {"viewer": 7, "frame": 1}                       | viewer  | must be a string
            {"viewer": "", "frame": 1}                      | viewer  | 1 to 64 letters
            {"viewer": "../etc", "frame": 1}                | viewer  | 1 to 64 letters
            {"viewer": "me"}                                | frame   | whole number from 0
            {"viewer": "me", "frame": -1}                   | frame   | whole number from 0
            {"viewer": "me", "frame": 1.5}                  | frame   | whole number from 0
            {"viewer": "me", "frame": "1"}                  | frame   | whole number from 0
            {"viewer": "me", "frame": 9223372036854775808}  | frame   | whole number from 0
            {"viewer": "me", "frame": 1, "playing": "no"}   | playing | true or false
            {"viewer": "me", "frame": 1, "speed": 2}        | speed   | is unknown
            """)
    void a_wrong_field_is_named(String body, String field, String complaint) {
        HttpResponse<byte[]> answer = say(body);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode fault = Http.json(answer).at("/errors/0");
        assertThat(fault.get("field").asText()).isEqualTo(field);
        assertThat(fault.get("detail").asText()).contains(complaint);
        assertThat(services.viewers.news()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{", "{\"viewer\": \"me\", \"viewer\": \"you\", \"frame\": 1}"})
    void what_is_no_object_is_told(String body) {
        assertThat(say(body).statusCode()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"viewer=a%20b", "viewer=me&since=-1", "viewer=me&since=soon"})
    void a_playlists_address_that_was_tampered_with_is_refused(String query) {
        assertThat(http.get(video + "/live.m3u8?" + query).statusCode()).isEqualTo(400);
        assertThat(services.viewers.news()).isEmpty();
    }

    @Test
    void an_unknown_video_has_no_playhead() {
        String unknown = "/v1/videos/99999999-2222-3333-4444-555555555555/playhead";

        assertThat(http.post(unknown, JSON, "{\"viewer\": \"me\", \"frame\": 1}")
                        .statusCode())
                .isEqualTo(404);
    }

    private HttpResponse<byte[]> say(String body) {
        return http.post(video + "/playhead", JSON, body);
    }

    private static PlayheadEvent only(List<PlayheadEvent> news) {
        assertThat(news).hasSize(1);
        return news.get(0);
    }
}
