package io.longtake.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.longtake.event.CarriedHeaders;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video over HTTP from its order to its end, without a Kafka: it grows when the test says so. */
@QuarkusTest
class WatchingTest {

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
    void a_video_has_the_fields_that_clients_of_this_api_read() {
        JsonNode video = Http.json(http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\", \"seconds\": \"2\"}"));

        assertThat(video.get("object").asText()).isEqualTo("video");
        assertThat(video.get("status").asText()).isEqualTo("queued");
        assertThat(video.get("progress").isInt()).isTrue();
        assertThat(video.get("created_at").isIntegralNumber()).isTrue();
        assertThat(video.get("completed_at").isNull()).isTrue();
        assertThat(video.get("seconds").asText()).isEqualTo("2");
        assertThat(video.get("size").asText()).isEqualTo("512x256");
        assertThat(video.get("model").asText()).isEqualTo("drive");
        assertThat(video.get("prompt").asText()).isEqualTo("a drive");
        assertThat(video.get("queue_position").asInt()).isZero();
    }

    @Test
    void json_and_both_kinds_of_form_order_the_same() {
        http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\", \"seconds\": 2, \"seed\": 7}");
        http.post("/v1/videos", "application/x-www-form-urlencoded", "prompt=a+drive&seconds=2&seed=7");
        String part = "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n";
        http.post(
                "/v1/videos",
                "multipart/form-data; boundary=b",
                String.format(Locale.ROOT, part, "prompt", "a drive") + String.format(Locale.ROOT, part, "seconds", "2")
                        + String.format(Locale.ROOT, part, "seed", "7") + "--b--\r\n");

        assertThat(services.ordered).hasSize(3);
        assertThat(services.ordered.stream()
                        .map(io.longtake.library.PromptDetails::of)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void a_trace_goes_on_with_the_prompt_and_what_is_none_does_not() {
        String parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        http.post("/v1/videos", JSON, "{\"prompt\": \"a\"}", "traceparent", parent, "tracestate", "vendor=1");
        http.post("/v1/videos", JSON, "{\"prompt\": \"b\"}", "traceparent", "anything", "tracestate", "vendor=1");
        http.post("/v1/videos", JSON, "{\"prompt\": \"c\"}");

        assertThat(services.causes)
                .containsExactly(CarriedHeaders.ofTrace(parent, "vendor=1"), CarriedHeaders.NONE, CarriedHeaders.NONE);
        assertThat(services.causes.get(0)).isNotEqualTo(CarriedHeaders.NONE);
    }

    @Test
    void the_same_key_is_the_same_video() {
        String body = "{\"prompt\": \"a drive\"}";
        JsonNode once = Http.json(http.post("/v1/videos", JSON, body, "Idempotency-Key", "order 7"));
        JsonNode again = Http.json(http.post("/v1/videos", JSON, body, "Idempotency-Key", "order 7"));

        assertThat(again.get("id")).isEqualTo(once.get("id"));
        assertThat(services.ordered).hasSize(1);
    }

    @Test
    void a_video_is_here_as_soon_as_kafka_has_its_prompt_though_nobody_has_read_it_there() {
        services.fallBehind();
        JsonNode ordered = Http.json(http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\", \"seconds\": 2}"));
        String address = "/v1/videos/" + ordered.get("id").asText();

        JsonNode video = Http.json(http.get(address));

        assertThat(video).isEqualTo(ordered);
        assertThat(video.get("status").asText()).isEqualTo("queued");
        assertThat(video.get("prompt").asText()).isEqualTo("a drive");
        assertThat(Http.json(http.get("/v1/videos")).at("/data/0/id")).isEqualTo(ordered.get("id"));
        assertThat(http.get(address + "/content").statusCode()).isEqualTo(404);

        services.catchUp();
        JsonNode read = Http.json(http.get(address));

        assertThat(read.get("created_at")).isEqualTo(video.get("created_at"));
        assertThat(read.get("total_frames").asInt()).isEqualTo(48);
        assertThat(Http.json(http.get("/v1/videos")).get("data")).hasSize(1);
    }

    @Test
    void a_key_stands_for_one_order_though_nobody_has_read_that_yet() {
        services.fallBehind();
        http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\"}", "Idempotency-Key", "order 8");

        HttpResponse<byte[]> same =
                http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\"}", "Idempotency-Key", "order 8");
        HttpResponse<byte[]> other =
                http.post("/v1/videos", JSON, "{\"prompt\": \"a walk\"}", "Idempotency-Key", "order 8");

        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(services.ordered).hasSize(1);
    }

    @Test
    void content_is_what_there_is_and_then_the_video() {
        String id = order(2);
        assertThat(http.get("/v1/videos/" + id + "/content").statusCode()).isEqualTo(404);

        services.grow(id, 0, false);
        HttpResponse<byte[]> half = http.get("/v1/videos/" + id + "/content");
        HttpResponse<byte[]> range = http.get("/v1/videos/" + id + "/content", "Range", "bytes=600-899");
        services.grow(id, 1, true);
        HttpResponse<byte[]> whole = http.get("/v1/videos/" + id + "/content");

        assertThat(header(half, "Content-Length")).isEqualTo(Integer.toString(half.body().length));
        assertThat(range.statusCode()).isEqualTo(206);
        assertThat(header(range, "Content-Range")).isEqualTo("bytes 600-899/*");
        assertThat(range.body()).isEqualTo(Arrays.copyOfRange(half.body(), 600, 900));
        assertThat(whole.body()).startsWith(half.body()).hasSizeGreaterThan(half.body().length);
        assertThat(header(http.get("/v1/videos/" + id + "/content", "Range", "bytes=-9"), "Content-Range"))
                .isEqualTo(String.format(
                        Locale.ROOT,
                        "bytes %d-%d/%d",
                        whole.body().length - 9,
                        whole.body().length - 1,
                        whole.body().length));
        assertThat(http.get("/v1/videos/" + id + "/content", "If-None-Match", header(whole, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(http.get("/v1/videos/" + id + "/content", "Range", "bytes=0-1", "If-Range", header(half, "ETag"))
                        .statusCode())
                .as("a range of what it was is answered with what it is")
                .isEqualTo(200);
        assertThat(http.get("/v1/videos/" + id + "/content", "Range", "bytes=" + whole.body().length + "-")
                        .statusCode())
                .isEqualTo(416);
    }

    @Test
    void the_fragments_that_the_playlist_names_are_the_video() {
        String id = order(2);
        services.grow(id, 0, false);
        services.grow(id, 1, true);

        String playlist = Http.text(http.get("/v1/videos/" + id + "/live.m3u8"));
        List<byte[]> parts = new ArrayList<>(
                List.of(http.get("/v1/videos/" + id + "/init.mp4").body()));
        playlist.lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(fragment ->
                        parts.add(http.get("/v1/videos/" + id + "/" + fragment).body()));

        assertThat(playlist).endsWith("#EXT-X-ENDLIST\n");
        assertThat(parts).hasSize(3);
        assertThat(joined(parts))
                .isEqualTo(http.get("/v1/videos/" + id + "/content").body());
        assertThat(Http.text(http.get("/v1/videos/" + id + "/master.m3u8?start=live")))
                .contains("RESOLUTION=64x32")
                .contains("CODECS=\"avc1.")
                .containsPattern("\nlive.m3u8\\?start=live&viewer=[0-9a-f]{8}&since=[0-9]+\n$");
    }

    @Test
    void a_player_waits_for_the_next_second_at_playlist_and_hint_and_gets_it() throws Exception {
        String id = order(3);
        CompletableFuture<HttpResponse<byte[]>> early = http.later("/v1/videos/" + id + "/live.m3u8");
        services.grow(id, 0, false);
        assertThat(Http.text(early.get(1, TimeUnit.MINUTES))).contains("\npieces/1.m4s\n");

        CompletableFuture<HttpResponse<byte[]>> reload =
                http.later("/v1/videos/" + id + "/live.m3u8?_HLS_msn=1&_HLS_part=0");
        CompletableFuture<HttpResponse<byte[]>> hint = http.later("/v1/videos/" + id + "/pieces/2.m4s");
        services.grow(id, 1, false);

        assertThat(Http.text(reload.get(1, TimeUnit.MINUTES))).contains("\npieces/2.m4s\n");
        assertThat(hint.get(1, TimeUnit.MINUTES).statusCode()).isEqualTo(200);
        assertThat(http.get("/v1/videos/" + id + "/live.m3u8?_HLS_msn=5").statusCode())
                .isEqualTo(400);
        assertThat(http.get("/v1/videos/" + id + "/live.m3u8?_HLS_part=0").statusCode())
                .isEqualTo(400);
        assertThat(http.get("/v1/videos/" + id + "/pieces/9.m4s").statusCode()).isEqualTo(404);
        assertThat(http.get("/v1/videos/" + id + "/live.m3u8?start=middle").statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_player_that_knows_all_there_is_gets_its_playlist_when_there_is_more_of_the_video() throws Exception {
        String id = order(3);
        services.grow(id, 0, false);
        String address = "/v1/videos/" + id + "/live.m3u8?viewer=recorder&since=1";
        assertThat(Http.text(http.get(address))).endsWith("pieces/2.m4s\"\n");

        try (InputStream again = begin(address)) {
            assertThat(new String(again.readNBytes(8), US_ASCII)).isEqualTo("#EXTM3U\n");
            assertThat(Http.text(http.get("/v1/videos/" + id + "/live.m3u8?viewer=another&since=1")))
                    .as("whoever comes now is told at once")
                    .contains("pieces/1.m4s");
            services.grow(id, 1, false);

            assertThat(new String(again.readAllBytes(), US_ASCII))
                    .startsWith("#EXT-X-VERSION:9\n")
                    .contains("\npieces/2.m4s\n");
        }

        CompletableFuture<HttpResponse<byte[]>> end = http.later(address);
        services.cancel(id);

        assertThat(Http.text(end.get(1, TimeUnit.MINUTES))).endsWith("#EXT-X-ENDLIST\n");
        assertThat(http.get("/v1/videos/" + id + "/live.m3u8?_HLS_skip=NO").statusCode())
                .isEqualTo(400);
    }

    /** An answer that has begun. */
    private InputStream begin(String address) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(root.resolve(address)).build(), HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    @Test
    void a_segment_never_changes_and_says_so() {
        String id = order(1);
        services.grow(id, 0, true);

        HttpResponse<byte[]> fragment = http.get("/v1/videos/" + id + "/pieces/1.m4s");

        assertThat(header(fragment, "Cache-Control")).contains("immutable");
        assertThat(http.get("/v1/videos/" + id + "/pieces/1.m4s", "If-None-Match", header(fragment, "ETag"))
                        .statusCode())
                .isEqualTo(304);
        assertThat(header(http.get("/v1/videos/" + id + "/live.m3u8"), "Cache-Control"))
                .isEqualTo("no-cache");
    }

    @Test
    void a_cancelled_video_stays_playable_and_its_playlist_ends() {
        String id = order(60);
        services.grow(id, 0, false);

        JsonNode cancelled = Http.json(http.post("/v1/videos/" + id + "/cancel", JSON, ""));

        assertThat(cancelled.get("status").asText()).isEqualTo("failed");
        assertThat(cancelled.at("/error/code").asText()).isEqualTo("cancelled");
        assertThat(Http.text(http.get("/v1/videos/" + id + "/live.m3u8"))).endsWith("#EXT-X-ENDLIST\n");
        http.post("/v1/videos/" + id + "/cancel", JSON, "");
        assertThat(services.cancelled).as("once is enough").containsExactly(id);
    }

    @Test
    void events_come_with_ids_and_go_on_behind_the_last_one_seen() {
        String id = order(1);
        services.grow(id, 0, true);

        String all = Http.text(http.get("/v1/videos/" + id + "/events", "Last-Event-ID", "-1"));
        List<String> ids = Pattern.compile("(?m)^id: ?(\\S+)$")
                .matcher(all)
                .results()
                .map(m -> m.group(1))
                .toList();
        String rest = Http.text(http.get("/v1/videos/" + id + "/events", "Last-Event-ID", ids.get(ids.size() - 2)));

        assertThat(Http.text(http.get("/v1/videos/" + id + "/events", "Last-Event-ID", ids.get(0))))
                .contains("event:stitched")
                .contains("event:finished");
        assertThat(rest).contains("event:finished").doesNotContain("event:stitched");
        assertThat(http.get("/v1/videos/" + id + "/events", "Last-Event-ID", ids.get(ids.size() - 1))
                        .statusCode())
                .isEqualTo(204);
        assertThat(http.get("/v1/videos/" + id + "/events", "Last-Event-ID", "x")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void a_listener_hears_what_happens_while_it_listens() {
        String id = order(1);
        Iterator<String> lines = http.lines("/v1/videos/" + id + "/events");
        assertThat(Stream.generate(lines::next).filter("event:video"::equals).findFirst())
                .isPresent();

        services.grow(id, 0, true);

        List<String> heard = new ArrayList<>();
        lines.forEachRemaining(heard::add);
        assertThat(heard).containsSubsequence("event:stitched", "event:finished");
        assertThat(heard).noneMatch(line -> line.startsWith("content-type"));
    }

    @Test
    void videos_are_listed_page_by_page_and_can_be_deleted() {
        String first = order(1);
        String second = order(1);
        String third = order(1);

        JsonNode page = Http.json(http.get("/v1/videos?limit=2"));
        JsonNode rest = Http.json(
                http.get("/v1/videos?limit=2&after=" + page.get("last_id").asText()));

        assertThat(page.at("/data").findValuesAsText("id")).containsExactly(third, second);
        assertThat(page.get("has_more").asBoolean()).isTrue();
        assertThat(rest.at("/data").findValuesAsText("id")).containsExactly(first);
        assertThat(rest.get("has_more").asBoolean()).isFalse();
        assertThat(Http.json(http.get("/v1/videos?order=asc")).at("/data").findValuesAsText("id"))
                .containsExactly(first, second, third);

        JsonNode deleted = Http.json(http.call("DELETE", "/v1/videos/" + second));

        assertThat(deleted.get("object").asText()).isEqualTo("video.deleted");
        assertThat(deleted.get("deleted").asBoolean()).isTrue();
        assertThat(services.deleted).as("the director stops it").containsExactly(second);
        assertThat(http.get("/v1/videos/" + second).statusCode()).isEqualTo(404);
        assertThat(http.call("DELETE", "/v1/videos/" + second).statusCode()).isEqualTo(404);
    }

    @Test
    void pictures_are_jpeg() {
        String id = order(2);
        services.grow(id, 0, false);
        services.grow(id, 1, true);

        for (String variant : List.of("thumbnail", "spritesheet")) {
            HttpResponse<byte[]> picture = http.get("/v1/videos/" + id + "/content?variant=" + variant);
            assertThat(header(picture, "Content-Type")).isEqualTo("image/jpeg");
            assertThat(picture.body()).startsWith(0xFF, 0xD8);
        }
        assertThat(http.get("/v1/videos/" + id + "/content?variant=poster").statusCode())
                .isEqualTo(400);
    }

    private String order(int seconds) {
        return Http.json(http.post("/v1/videos", JSON, "{\"prompt\": \"a drive\", \"seconds\": " + seconds + "}"))
                .get("id")
                .asText();
    }

    private static String header(HttpResponse<byte[]> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }

    private static byte[] joined(List<byte[]> parts) {
        ByteBuffer all =
                ByteBuffer.allocate(parts.stream().mapToInt(part -> part.length).sum());
        parts.forEach(all::put);
        return all.array();
    }
}
