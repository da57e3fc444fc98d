package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A video is made two seconds ahead of its viewer, with everything that a user starts. */
@Tag("alone")
class PacingIT {

    private static final String ORDER = "{\"prompt\": \"a drive at night\", \"seconds\": 6, \"seed\": 7}";

    @TempDir
    private Path workspace;

    private Served platform;

    @BeforeEach
    void start() throws Exception {
        platform = Served.up(
                new Command(workspace, Map.of("LONGTAKE_JAVA_OPTS", "-Dlongtake.pacing.lead-seconds=2")), workspace);
    }

    @AfterEach
    void stop() throws Exception {
        platform.close();
    }

    @Test
    void a_viewer_who_rests_holds_the_video_and_one_who_leaves_lets_it_run() throws Exception {
        String id = order();

        platform.await("two seconds of the video", () -> at(id, 0).get("frames").asLong() == 48);
        platform.holds("no stage does more", Duration.ofSeconds(5), () -> mostOfAnyStage(at(id, 0)) == 48);

        platform.await(
                "a second more, for the viewer went on by one",
                () -> at(id, 24).get("frames").asLong() == 72);
        platform.holds("and no more", Duration.ofSeconds(3), () -> mostOfAnyStage(at(id, 24)) == 72);

        platform.await(
                "the rest, when the viewer is gone",
                () -> video(id).get("status").asText().equals("completed"));
        assertThat(video(id).get("frames").asLong()).isEqualTo(144);
        assertThat(Served.text(platform.get("/v1/videos/" + id + "/events"))).doesNotContain("event:late");

        String alone = order();
        platform.await(
                "the same video without viewers",
                () -> video(alone).get("status").asText().equals("completed"));
        assertThat(content(id)).as("pacing is not in the bytes").isEqualTo(content(alone));
    }

    private String order() throws Exception {
        return Served.json(platform.post("/v1/videos", ORDER)).get("id").asText();
    }

    /** The video, watched by one who rests at a frame. */
    private JsonNode at(String id, long frame) throws Exception {
        String said = String.format(Locale.ROOT, "{\"viewer\": \"me\", \"frame\": %d, \"playing\": false}", frame);
        assertThat(platform.post("/v1/videos/" + id + "/playhead", said).statusCode())
                .isEqualTo(204);
        return video(id);
    }

    private JsonNode video(String id) throws Exception {
        return Served.json(platform.get("/v1/videos/" + id));
    }

    private byte[] content(String id) throws Exception {
        return platform.get("/v1/videos/" + id + "/content").body();
    }

    private static long mostOfAnyStage(JsonNode video) {
        return video.get("stages").findValues("frames").stream()
                .mapToLong(JsonNode::asLong)
                .max()
                .orElseThrow();
    }
}
