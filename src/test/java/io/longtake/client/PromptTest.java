package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.PromptEvent;
import io.longtake.event.Scene;
import io.longtake.event.Scenes;
import io.longtake.video.Codec;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PromptTest {

    private static final String VIDEO = "8a1f0c3e-5b7d-4e1a-9c2b-000000000001";

    @Test
    void everything_that_is_said_is_in_the_event() {
        Prompt prompt = Prompt.of("a drive at night")
                .id(VIDEO)
                .seconds(10)
                .seed(7)
                .model("drive-full")
                .negative("fog")
                .guidance(2.5)
                .steps(12)
                .codec(Codec.FFV1);

        assertThat(prompt.event())
                .isEqualTo(PromptEvent.newBuilder()
                        .setVideoId(VIDEO)
                        .setScenes(Scenes.only(new Scene("a drive at night", "fog", 7L, 2.5, 12)))
                        .setSeconds(10)
                        .setModel("drive-full")
                        .setCodec("ffv1")
                        .build());
    }

    @Test
    void every_prompt_is_of_a_video_of_its_own_and_stays_of_it() {
        Prompt prompt = Prompt.of("a drive");

        assertThat(prompt.seconds(2).seed(1).id()).isEqualTo(prompt.id());
        assertThat(Prompt.of("a drive").id()).isNotEqualTo(prompt.id());
    }

    /** A video of a chosen id may have been made long ago. */
    @Test
    void readers_look_back_as_far_as_the_video_can_be_old() {
        assertThat(Prompt.of("a drive").seconds(2).since()).isAfter(Instant.EPOCH);
        assertThat(Prompt.of("a drive").id(VIDEO).seconds(2).since()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void what_no_platform_takes_is_refused_at_once() {
        Prompt prompt = Prompt.of("a drive");

        assertThatThrownBy(() -> prompt.seconds(0)).hasMessage("seconds: expected a number above 0, got 0.0");
        assertThatThrownBy(() -> prompt.seconds(Double.NaN)).hasMessageEndingWith("got NaN");
        assertThatThrownBy(() -> prompt.guidance(Double.POSITIVE_INFINITY)).hasMessageEndingWith("got Infinity");
        assertThatThrownBy(() -> prompt.steps(0)).hasMessage("steps: expected at least 1, got 0");
        assertThatThrownBy(() -> prompt.id("holiday"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("video_id: expected a UUID in its canonical form, got 'holiday'");
    }
}
