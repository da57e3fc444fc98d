package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Outcome;
import io.longtake.event.PlayheadEvent;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import io.longtake.event.VideoEventKind;
import io.longtake.event.Wire;
import io.longtake.model.ToyModel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker takes what the director sends, first come, first served; so what counts is what is sent, and when. */
class ScheduleTest {

    private static final int SHORT_TASKS = 2 * ToyModel.STAGES.size();

    @TempDir
    private Path state;

    private DirectorDriver director;
    private Workers workers = of(1);
    private final Map<String, Integer> length = new HashMap<>();
    private final Map<String, Integer> stitched = new HashMap<>();

    @BeforeEach
    void start() {
        director = new DirectorDriver(state, Lead.DEFAULT, () -> workers);
    }

    @AfterEach
    void stop() {
        director.close();
    }

    @Test
    void no_more_tasks_are_out_than_the_workers_take_soon() {
        IntStream.range(0, 10).forEach(i -> order(30));
        assertThat(director.open()).as("one that computes, one that comes").hasSize(2);

        for (int i = 0; i < 50; i++) {
            work();
            assertThat(director.open()).hasSize(2);
        }
    }

    @Test
    void more_are_out_if_there_are_more_workers() {
        workers = of(4);
        IntStream.range(0, 20).forEach(i -> order(30));

        assertThat(director.open()).hasSize(8);
    }

    @Test
    void more_are_out_if_a_worker_says_that_it_takes_more() {
        IntStream.range(0, 20).forEach(i -> order(30));

        director.result(director.takeFirst(), Outcome.DONE, "", 8);

        assertThat(director.open()).hasSize(8);
    }

    @Test
    void as_many_as_can_be_are_out_if_nobody_knows_the_workers() {
        workers = Workers.UNKNOWN;
        IntStream.range(0, 10).forEach(i -> order(30));

        assertThat(director.open()).hasSize(10);
    }

    @Test
    void a_short_video_that_is_ordered_last_does_not_wait_for_long_ones() {
        List<String> longOnes = IntStream.range(0, 10).mapToObj(i -> order(60)).toList();
        for (int i = 0; i < 400; i++) {
            work();
        }
        String shortOne = order(2);

        int tasks = 0;
        while (!isFinished(shortOne)) {
            work();
            tasks++;
        }

        assertThat(tasks).isLessThanOrEqualTo(2 * SHORT_TASKS);
        assertThat(longOnes).noneMatch(this::isFinished);
    }

    @Test
    void long_videos_get_on_alike() {
        List<String> videos = IntStream.range(0, 5).mapToObj(i -> order(60)).toList();

        for (int i = 0; i < 300; i++) {
            work();
        }

        List<Integer> made = videos.stream().map(stitched::get).toList();
        assertThat(made.stream().mapToInt(Integer::intValue).max().orElseThrow()
                        - made.stream().mapToInt(Integer::intValue).min().orElseThrow())
                .as("segments made: " + made)
                .isLessThanOrEqualTo(1);
    }

    @Test
    void a_video_that_somebody_watches_goes_before_those_that_nobody_does() {
        List<String> videos = IntStream.range(0, 5).mapToObj(i -> order(60)).toList();
        String watched = videos.get(4);
        while (stitched.getOrDefault(watched, 0) < 1) {
            work();
        }
        director.playhead(new PlayheadEvent(watched, "server", 1, 0L, true, director.now()));
        for (int i = 0; i < 3; i++) {
            work(); // what was out already
        }

        for (int i = 0; i < 40; i++) {
            assertThat(director.openTasks()).anyMatch(task -> task.getVideoId().equals(watched));
            work();
        }

        assertThat(stitched.get(watched)).isGreaterThan(5);
    }

    @Test
    void a_task_says_the_rank_of_its_video() {
        String video = order(60);
        assertThat(ranks()).as("no picture yet").containsOnly(0.0);

        while (stitched.getOrDefault(video, 0) < 3) {
            work();
        }
        assertThat(ranks()).as("nobody watches").allMatch(rank -> rank >= 1e9 && rank <= 1e9 + 3);

        director.playhead(new PlayheadEvent(video, "server", 1, 0L, true, director.now()));
        for (int i = 0; i < 3; i++) {
            work(); // what was out already
        }
        assertThat(ranks()).as("seconds ahead, and one").allMatch(rank -> rank >= 1 && rank <= 60);
    }

    @Test
    void a_stage_that_no_worker_takes_holds_up_no_others() {
        workers = new Workers(
                1, Map.of("keyframes", 1, "interpolate", 0, "decode", 0, "upsample", 0), TaskOwners.UNKNOWN);
        List<String> videos = IntStream.range(0, 10).mapToObj(i -> order(30)).toList();

        for (int i = 0; i < 10; i++) {
            director.result(director.takeFirst("keyframes"), Outcome.DONE, "");
        }

        assertThat(videos).allMatch(video -> director.events().stream()
                .anyMatch(event -> event.getVideoId().equals(video) && event.getKind() == VideoEventKind.STAGE_DONE));
        assertThat(director.openTasks())
                .filteredOn(task -> task.getStage().equals("interpolate"))
                .hasSize(2);
    }

    @Test
    void another_director_goes_on_with_what_had_no_place() {
        IntStream.range(0, 10).forEach(i -> order(2));

        director.restart();
        director.passes(Duration.ofSeconds(5));
        assertThat(director.open()).as("those that were out are out still").hasSize(2);
        while (!director.open().isEmpty()) {
            work();
        }

        assertThat(length.keySet()).allMatch(this::isFinished);
    }

    @Test
    void a_task_that_had_to_wait_carries_the_headers_of_what_made_it_due() {
        IntStream.range(0, 3).forEach(i -> order(30));
        String traced = UUID.randomUUID().toString();
        length.put(traced, 2);
        director.send(
                Topic.PROMPTS,
                traced,
                Wire.encode(DirectorDriver.prompt(2).setVideoId(traced).build()),
                new RecordHeaders().add("traceparent", "of-the-prompt".getBytes(StandardCharsets.UTF_8)));
        assertThat(director.openTasks()).noneMatch(task -> task.getVideoId().equals(traced));

        while (director.openTasks().stream().noneMatch(task -> task.getVideoId().equals(traced))) {
            work();
        }

        assertThat(director.headers(Topic.ofTasks("keyframes"))
                        .lastHeader("traceparent")
                        .value())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("of-the-prompt");
    }

    private String order(int seconds) {
        String video = UUID.randomUUID().toString();
        length.put(video, seconds);
        director.prompt(DirectorDriver.prompt(seconds).setVideoId(video).build());
        return video;
    }

    /** The worker does the task that was sent first, and the stitcher puts in what comes of it. */
    private void work() {
        StageTask task = director.takeFirst();
        director.result(task, Outcome.DONE, "");
        if (task.getPublish()) {
            // stages of a video's segments come in order here: there is one worker
            String video = task.getVideoId();
            director.stitched(video, task.getSegment(), task.getSegment() == length.get(video) - 1);
            stitched.merge(video, 1, Integer::sum);
        }
    }

    private List<Double> ranks() {
        assertThat(director.openTasks()).isNotEmpty();
        return director.openTasks().stream().map(StageTask::getRank).toList();
    }

    private boolean isFinished(String video) {
        return stitched.getOrDefault(video, 0).equals(length.get(video));
    }

    private static Workers of(int count) {
        return new Workers(
                count,
                ToyModel.STAGES.stream().collect(Collectors.toMap(stage -> stage, stage -> count)),
                TaskOwners.UNKNOWN);
    }
}
