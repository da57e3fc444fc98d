package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.CancelEvent;
import io.longtake.event.DeadLetter;
import io.longtake.event.HostileRecords;
import io.longtake.event.HostileRecords.Hostile;
import io.longtake.event.HostileRecords.Kind;
import io.longtake.event.Outcome;
import io.longtake.event.PayloadRef;
import io.longtake.event.PromptEvent;
import io.longtake.event.SegmentStitched;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.model.InputSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that a record says, or the store holds, stops the director. */
class DirectorHostileTest {

    private static final String OTHER = "22222222-2222-3333-4444-555555555555";
    private static final int FITS = 1 << 20;

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

    /** Those without a time cannot be given to the driver; {@code RecordTimeTest} and {@code HostileRecordsIT} have them. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NO_TIME")
    void whatever_is_wrong_with_records_the_useless_ones_are_buried_and_the_next_prompt_is_served(Kind kind) {
        HostileRecords hostile = new HostileRecords(11, DirectorDriver.VIDEO);
        director.prompt(DirectorDriver.prompt(10).build());
        int sent = 0;
        for (Topic topic : List.of(Topic.PROMPTS, Topic.RESULTS)) {
            for (int i = 0; i < 40; i++) {
                Hostile record = hostile.next(topic, kind);
                director.send(topic, record.key(), record.value(), Math.max(0, record.time()));
                sent++;
            }
        }

        director.prompt(DirectorDriver.prompt(10).setVideoId(OTHER).build());

        assertThat(director.take(OTHER, "keyframes", 0)).isNotNull();
        assertThat(director.largest()).isLessThan(FITS);
        assertThat(director.latest()).isLessThan(HostileRecords.YEAR_9999);
        if (kind.isUseless()) {
            assertThat(director.deadLetters()).hasSize(sent);
        } else if (kind.isNewer()) {
            assertThat(director.parked()).hasSize(sent);
            assertThat(director.deadLetters()).isEmpty();
        } else {
            assertThat(director.deadLetters()).hasSizeBetween(1, sent);
        }
    }

    @Test
    void a_letter_about_a_key_of_a_megabyte_has_a_short_one() {
        director.send(Topic.PROMPTS, "€".repeat(340_000), new byte[] {1});

        assertThat(director.deadLetters()).hasSize(1);
        assertThat(director.largest()).isLessThan(5_000);
    }

    @Test
    void a_record_of_the_year_9999_has_results_of_now() {
        director.send(
                Topic.PROMPTS,
                DirectorDriver.VIDEO,
                Wire.encode(DirectorDriver.prompt(0).build()),
                HostileRecords.YEAR_9999);

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.lastEvent().getAt().toEpochMilli()).isEqualTo(director.latest());
        assertThat(director.latest()).isLessThan(HostileRecords.YEAR_9999);
    }

    @Test
    void a_cancellation_with_a_megabyte_of_reasons_cancels() {
        director.prompt(DirectorDriver.prompt(10).build());

        director.send(
                Topic.PROMPTS,
                DirectorDriver.VIDEO,
                Wire.encode(new CancelEvent(DirectorDriver.VIDEO, "x".repeat(1_000_000))));

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.CANCELLED);
        assertThat(director.lastEvent().getMessage()).hasSize(2000);
    }

    @Test
    void a_failure_with_a_megabyte_of_reasons_fails_the_video() {
        director.prompt(DirectorDriver.prompt(10).build());

        director.fail("keyframes", 0, "x".repeat(1_000_000));

        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.lastEvent().getMessage())
                .startsWith("keyframes of segment 0: xxx")
                .hasSizeLessThan(1100);
    }

    @Test
    void a_result_that_would_not_fit_what_follows_from_it_is_refused_and_the_true_one_is_taken() {
        director.prompt(DirectorDriver.prompt(10).build());
        StageTask task = director.take("keyframes", 0);
        PayloadRef output = DirectorDriver.payload(task);

        result(
                task,
                PayloadRef.newBuilder(output).setPayloadId("p".repeat(900_000)).build(),
                "worker");
        assertBuried("outputs.out.payload_id characters: expected at most 100, got 900000");
        result(task, PayloadRef.newBuilder(output).setTopic("t".repeat(900_000)).build(), "worker");
        assertBuried("outputs.out.topic: expected longtake.latents, got ttt");
        result(
                task,
                PayloadRef.newBuilder(output)
                        .setShape(Collections.nCopies(60_000, 1))
                        .build(),
                "worker");
        assertBuried("outputs.out.shape axes: expected at most 8, got 60000");
        result(task, output, "w".repeat(900_000));
        assertBuried("worker characters: expected at most 1000, got 900000");
        assertThat(director.open()).isEmpty();

        result(task, output, "worker");
        assertThat(director.open()).containsExactly("interpolate 0");
    }

    @Test
    void a_result_without_the_tensor_that_the_next_stage_needs_is_refused_and_the_true_one_is_taken() {
        director.prompt(DirectorDriver.prompt(10).build());
        StageTask task = director.take("keyframes", 0);

        result(task, null, "worker");
        assertBuried("outputs of keyframes, segment 0: expected [out], got []");

        result(task, DirectorDriver.payload(task), "worker");
        assertThat(director.open()).containsExactly("interpolate 0");
    }

    @Test
    void a_segment_that_nobody_has_made_cannot_be_in_the_video() {
        director.prompt(DirectorDriver.prompt(2).build());

        director.send(
                Topic.RESULTS, DirectorDriver.VIDEO, Wire.encode(new SegmentStitched(DirectorDriver.VIDEO, 0, false)));

        assertBuried("segment 0 cannot be in the video yet: its upsample was not asked for");
        director.playToTheEnd(2);
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FINISHED);
    }

    @Test
    void a_video_whose_state_cannot_be_read_fails_when_something_happens_to_it_and_the_next_is_served() {
        director.prompt(DirectorDriver.prompt(10).build());
        StageTask task = director.take("keyframes", 0);
        director.store(DirectorDriver.VIDEO, new byte[] {1, 2, 3});

        result(task, DirectorDriver.payload(task), "worker");
        director.prompt(DirectorDriver.prompt(10).setVideoId(OTHER).build());

        VideoEvent failed = director.events().get(1);
        assertThat(failed.getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(failed.getMessage()).contains("its state cannot be read");
        assertThat(director.take(OTHER, "keyframes", 0)).isNotNull();
    }

    @Test
    void a_video_whose_state_cannot_be_read_does_not_keep_the_others_from_being_thought_of() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.prompt(DirectorDriver.prompt(10).setVideoId(OTHER).build());
        director.take(DirectorDriver.VIDEO, "keyframes", 0);
        director.take(OTHER, "keyframes", 0);
        director.passes(Duration.ofMinutes(1));
        director.store(DirectorDriver.VIDEO, new byte[] {1, 2, 3});

        director.passes(Deadlines.PATIENCE.plusMinutes(1));

        assertThat(director.lastEvent().getVideoId()).isEqualTo(DirectorDriver.VIDEO);
        assertThat(director.lastEvent().getKind()).isEqualTo(VideoEventKind.FAILED);
        assertThat(director.take(OTHER, "keyframes", 0)).as("asked again").isNotNull();
    }

    @Test
    void a_prompt_that_was_refused_is_taken_when_it_is_sent_again_corrected() {
        director.prompt(DirectorDriver.prompt(0).build());
        director.prompt(DirectorDriver.prompt(0).build());

        director.prompt(DirectorDriver.prompt(1).build());

        assertThat(director.kinds())
                .containsExactly(VideoEventKind.FAILED, VideoEventKind.FAILED, VideoEventKind.ACCEPTED);
        assertThat(director.events().get(0).getAt())
                .as("the time of its prompt")
                .isEqualTo(director.now());
        assertThat(director.open()).containsExactly("keyframes 0");
    }

    @Test
    void the_id_of_a_video_that_could_not_go_on_is_used_up() {
        director.prompt(DirectorDriver.prompt(10).build());
        director.upgradeModel();
        director.done("keyframes", 0);

        director.prompt(DirectorDriver.prompt(10).build());

        assertThat(director.kinds()).containsExactly(VideoEventKind.ACCEPTED, VideoEventKind.FAILED);
        assertThat(director.open()).isEmpty();
    }

    @Test
    void a_model_and_a_codec_of_a_megabyte_are_refused_in_short() {
        PromptEvent.Builder prompt = DirectorDriver.prompt(1);

        director.prompt(prompt.setModel("m".repeat(900_000)).build());
        director.prompt(prompt.setModel("tiny").setCodec("c".repeat(900_000)).build());

        assertThat(director.kinds()).containsExactly(VideoEventKind.FAILED, VideoEventKind.FAILED);
        assertThat(director.events())
                .allSatisfy(event -> assertThat(event.getMessage()).hasSizeLessThan(300));
    }

    private void result(StageTask task, PayloadRef output, String worker) {
        director.send(
                Topic.RESULTS,
                task.getVideoId(),
                Wire.encode(StageResult.newBuilder()
                        .setVideoId(task.getVideoId())
                        .setStage(task.getStage())
                        .setSegment(task.getSegment())
                        .setOutcome(Outcome.DONE)
                        .setWorker(worker)
                        .setOutputs(output == null ? Map.of() : Map.of(InputSource.OUT, output))
                        .build()));
    }

    private void assertBuried(String reason) {
        List<DeadLetter> letters = director.deadLetters();
        assertThat(letters.get(letters.size() - 1).getReason()).contains(reason);
    }
}
