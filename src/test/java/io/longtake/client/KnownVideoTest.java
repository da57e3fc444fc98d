package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownVideoTest {

    private static final Instant ASKED = Instant.parse("2026-12-01T12:00:00Z");

    private final KnownVideo history = new KnownVideo("video");

    @Test
    void a_video_that_was_only_asked_for_is_ordered() {
        history.on(prompt(), ASKED);

        assertThat(history.state()).isEqualTo(KnownVideo.Standing.ORDERED);
        assertThat(history.prompt()).contains("a drive");
        assertThat(history.changed()).isEqualTo(ASKED);
    }

    @Test
    void it_tells_what_each_worker_did_of_each_stage() {
        history.on(event(VideoEventKind.ACCEPTED, 0)
                .setStages(List.of("keyframes", "decode"))
                .build());
        history.on(done("keyframes", 24, "one", 1));
        history.on(done("keyframes", 48, "two", 2));
        history.on(done("keyframes", 72, "one", 3));

        assertThat(history.state()).isEqualTo(KnownVideo.Standing.MAKING);
        assertThat(history.stages()).containsOnlyKeys("keyframes", "decode");
        KnownVideo.StageWork keyframes = history.stages().get("keyframes");
        assertThat(keyframes.segments()).isEqualTo(Map.of("one", 2, "two", 1));
        assertThat(keyframes.frames()).isEqualTo(72);
        assertThat(keyframes.first()).isEqualTo(ASKED.plusSeconds(1));
        assertThat(keyframes.last()).isEqualTo(ASKED.plusSeconds(3));
    }

    @Test
    void the_end_stays_the_end() {
        history.on(event(VideoEventKind.CANCELLED, 1)
                .setMessage("enough")
                .setTotalFrames(48)
                .build());
        history.on(event(VideoEventKind.ACCEPTED, 2).setTotalFrames(48).build());

        assertThat(history.state()).isEqualTo(KnownVideo.Standing.CANCELLED);
        assertThat(history.message()).isEqualTo("enough");
    }

    @Test
    void a_refused_prompt_may_be_sent_again() {
        history.on(event(VideoEventKind.FAILED, 1)
                .setMessage("seconds is too much")
                .build());
        history.on(event(VideoEventKind.ACCEPTED, 2).setTotalFrames(48).build());

        assertThat(history.state()).isEqualTo(KnownVideo.Standing.MAKING);
    }

    private static PromptEvent prompt() {
        return PromptEvent.newBuilder()
                .setVideoId("video")
                .setScenes(Scenes.only(new Scene("a drive", "", 1L, null, null)))
                .setSeconds(2)
                .setCodec("h264")
                .build();
    }

    private static VideoEvent done(String stage, long frames, String worker, int second) {
        return event(VideoEventKind.STAGE_DONE, second)
                .setStage(stage)
                .setFrames(frames)
                .setMessage(worker)
                .build();
    }

    private static VideoEvent.Builder event(VideoEventKind kind, int second) {
        return VideoEvent.newBuilder().setVideoId("video").setKind(kind).setAt(ASKED.plusSeconds(second));
    }
}
