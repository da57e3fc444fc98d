package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.CancelEvent;
import io.longtake.event.DirectorState;
import io.longtake.event.NewerRecords;
import io.longtake.event.ParkedRecord;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.PromptEvent;
import io.longtake.event.Topic;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records and states that a later version wrote are nothing to fail anybody for. */
class LaterVersionTest {

    private static final String OTHER = "22222222-2222-3333-4444-555555555555";

    @TempDir
    private Path state;

    private DirectorDriver director;

    @BeforeEach
    void start() {
        director = new DirectorDriver(state);
    }

    @AfterEach
    void stop() {
        director.close();
    }

    @Test
    void a_prompt_of_a_later_version_is_parked_whole_and_the_next_one_is_served() {
        byte[] newer = NewerRecords.encode(DirectorDriver.prompt(10).build());

        director.send(Topic.PROMPTS, DirectorDriver.VIDEO, newer);
        director.prompt(DirectorDriver.prompt(10).setVideoId(OTHER).build());

        assertThat(director.parked()).singleElement().satisfies(parked -> {
            assertThat(parked.getReader()).isEqualTo("director");
            assertThat(parked.getTopic()).isEqualTo("longtake.prompts");
            assertThat(parked.getKey()).isEqualTo(DirectorDriver.VIDEO);
            assertThat(parked.getValue()).isEqualTo(ByteBuffer.wrap(newer));
            assertThat(parked.getFingerprint()).isEqualTo(NewerRecords.fingerprint(PromptEvent.getClassSchema()));
        });
        assertThat(director.deadLetters()).isEmpty();
        assertThat(director.take(OTHER, "keyframes", 0)).isNotNull();
    }

    @Test
    void one_that_is_too_large_to_be_parked_is_buried() {
        CancelEvent large = new CancelEvent(DirectorDriver.VIDEO, "x".repeat(Wire.LIMIT - 100));

        director.send(Topic.PROMPTS, DirectorDriver.VIDEO, NewerRecords.encode(large));

        assertThat(director.parked()).isEmpty();
        assertThat(director.deadLetters()).singleElement().satisfies(letter -> assertThat(letter.getReason())
                .contains("too large to be parked"));
    }

    @Test
    void what_happens_to_a_video_of_a_later_version_is_parked_and_its_state_stays() {
        director.prompt(DirectorDriver.prompt(10).build());
        byte[] newer = NewerRecords.encode(Wire.decode(director.stored(DirectorDriver.VIDEO), DirectorState.class));
        director.store(DirectorDriver.VIDEO, newer);

        director.done("keyframes", 0);
        director.send(
                Topic.PROMPTS, DirectorDriver.VIDEO, Wire.encode(new CancelEvent(DirectorDriver.VIDEO, "enough")));
        director.restart();
        director.passes(Deadlines.PATIENCE.plusMinutes(1));
        director.passes(Duration.ofMinutes(1));

        assertThat(director.stored(DirectorDriver.VIDEO)).isEqualTo(newer);
        assertThat(director.parked())
                .extracting(ParkedRecord::getTopic)
                .containsExactly("longtake.results", "longtake.prompts");
        assertThat(director.parked())
                .extracting(ParkedRecord::getFingerprint)
                .containsOnly(NewerRecords.fingerprint(DirectorState.getClassSchema()));
        assertThat(director.kinds()).containsExactly(VideoEventKind.ACCEPTED);
        assertThat(director.deadLetters()).isEmpty();
    }

    @Test
    void news_of_viewers_of_such_a_video_are_not_kept() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.store(
                DirectorDriver.VIDEO,
                NewerRecords.encode(Wire.decode(director.stored(DirectorDriver.VIDEO), DirectorState.class)));
        PlayheadEvent news = PlayheadEvent.newBuilder()
                .setVideoId(DirectorDriver.VIDEO)
                .setSource("server")
                .setViewers(1)
                .setFrame(3)
                .setPlaying(true)
                .setAt(director.now())
                .build();

        director.send(Topic.PROMPTS, DirectorDriver.VIDEO, Wire.encode(news));

        assertThat(director.parked()).isEmpty();
        assertThat(director.deadLetters()).isEmpty();
    }
}
