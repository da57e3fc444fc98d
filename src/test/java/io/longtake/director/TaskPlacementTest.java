package io.longtake.director;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Outcome;
import io.longtake.event.Outgoing;
import io.longtake.event.Scene;
import io.longtake.event.StageResult;
import io.longtake.event.StageTask;
import io.longtake.event.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Where the next task is put. */
class TaskPlacementTest {

    private static final int PARTITIONS = 4;

    private TaskOwners owners = new TaskOwners(Map.of(
            "sketch", Map.of(0, "quick", 1, "quick", 2, "slow", 3, "slow"),
            "ink", Map.of(0, "slow", 1, "quick", 2, "slow", 3, "quick")));
    private long now = 1_000_000;
    private final TaskPlacement placement = new TaskPlacement(() -> owners, () -> now);

    @Test
    void tasks_go_to_workers_in_turn_and_to_all_of_their_partitions() {
        Set<Integer> taken =
                Set.of(send("one", "sketch"), send("two", "sketch"), send("three", "sketch"), send("four", "sketch"));

        assertThat(taken).containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void a_worker_that_has_much_to_do_in_another_stage_gets_less_of_this() {
        owners = new TaskOwners(Map.of("sketch", owners.of("sketch"), "ink", Map.of(0, "slow")));
        send("one", "ink");
        send("two", "ink");

        assertThat(owner("sketch", send("three", "sketch"))).isEqualTo("quick");
        assertThat(owner("sketch", send("four", "sketch"))).isEqualTo("quick");
    }

    @Test
    void a_slow_worker_gets_a_task_when_the_quick_one_would_take_longer_with_all_that_it_has() {
        took("quick", 1_000);
        took("slow", 3_500);

        assertThat(owner("sketch", send("one", "sketch"))).isEqualTo("quick");
        assertThat(owner("sketch", send("two", "sketch"))).isEqualTo("quick");
        assertThat(owner("sketch", send("three", "sketch"))).isEqualTo("quick");
        assertThat(owner("sketch", send("four", "sketch"))).isEqualTo("slow");
    }

    @Test
    void a_worker_whose_long_task_is_nearly_done_gets_the_next_before_one_that_has_just_begun() {
        TaskOwners both = new TaskOwners(Map.of("sketch", Map.of(0, "quick", 2, "slow")));
        owners = both;
        took("quick", 2_500);
        took("slow", 3_000);
        owners = new TaskOwners(Map.of("sketch", Map.of(2, "slow")));
        send("one", "sketch");
        now += 2_900;
        owners = both;
        assertThat(owner("sketch", send("two", "sketch"))).isEqualTo("quick");

        assertThat(owner("sketch", send("three", "sketch"))).isEqualTo("slow");
    }

    @Test
    void a_task_that_is_done_weighs_nothing() {
        int first = send("one", "sketch");
        int second = send("two", "sketch");
        follow("one", running());

        assertThat(owner("sketch", send("three", "sketch"))).isEqualTo(owner("sketch", first));
        assertThat(owner("sketch", first)).isNotEqualTo(owner("sketch", second));
    }

    @Test
    void what_lies_in_a_partition_is_its_new_owners_when_it_changes_hands() {
        owners = new TaskOwners(Map.of("sketch", Map.of(0, "slow")));
        for (int i = 0; i < 3; i++) {
            send("video " + i, "sketch");
        }
        owners = new TaskOwners(Map.of("sketch", Map.of(0, "quick", 2, "slow")));

        assertThat(send("next", "sketch")).isEqualTo(2);
    }

    @Test
    void if_nobody_knows_the_owners_tasks_go_where_the_fewest_are() {
        owners = TaskOwners.UNKNOWN;

        assertThat(Set.of(
                        send("one", "sketch"), send("two", "sketch"), send("three", "sketch"), send("four", "sketch")))
                .hasSize(PARTITIONS);
    }

    @Test
    void an_owner_of_partitions_that_are_not_there_is_passed_over() {
        owners = new TaskOwners(Map.of("sketch", Map.of(0, "quick", 700, "imagined")));

        assertThat(List.of(send("one", "sketch"), send("two", "sketch"))).containsOnly(0);
    }

    @Test
    void of_one_partition_there_is_no_choice() {
        assertThat(placed("one", "sketch", 1)).isZero();
    }

    @Test
    void another_directors_videos_and_those_that_have_ended_weigh_nothing() {
        owners = new TaskOwners(Map.of("sketch", Map.of(0, "slow", 1, "quick")));
        int gone = send("one", "sketch");
        int ended = send("two", "sketch");
        placement.leave(0);
        follow("two", Optional.empty());

        assertThat(List.of(send("three", "sketch"), send("four", "sketch"))).containsExactlyInAnyOrder(gone, ended);
    }

    @Test
    void nobody_can_say_how_long_a_task_took_that_is_not_out() {
        placement.took(result("never sent", "quick", 1_000_000));
        placement.took(result("never sent", "slow", 1));

        assertThat(Set.of(owner("sketch", send("one", "sketch")), owner("sketch", send("two", "sketch"))))
                .containsExactlyInAnyOrder("quick", "slow");
    }

    private String owner(String stage, int partition) {
        return owners.of(stage).get(partition);
    }

    /** A task that a worker did before. */
    private void took(String worker, long millis) {
        send("of " + worker, "sketch");
        placement.took(result("of " + worker, worker, millis));
        follow("of " + worker, running());
    }

    private int send(String video, String stage) {
        follow(video, running(stage));
        return placed(video, stage, PARTITIONS);
    }

    private int placed(String video, String stage, int partitions) {
        Topic topic = Topic.ofTasks(stage);
        Outgoing task = Outgoing.of(topic, video, task(video, stage));
        return placement
                .partitions(topic.topicName(), video, task, partitions)
                .orElseThrow()
                .iterator()
                .next();
    }

    private void follow(String video, VideoState state) {
        follow(video, Optional.of(state));
    }

    private void follow(String video, Optional<VideoState> state) {
        placement.follow(0, video, state);
    }

    /** A video whose first segment waits for some stages. */
    private static Running running(String... open) {
        Segment segment = Segment.fresh(0);
        for (String stage : open) {
            segment = segment.with(stage, Segment.Step.ISSUED);
        }
        SortedMap<Integer, Segment> segments = new TreeMap<>(Map.of(0, segment));
        return new Running(null, 0, segments, null);
    }

    private static StageResult result(String video, String worker, long millis) {
        return StageResult.newBuilder()
                .setVideoId(video)
                .setStage("sketch")
                .setSegment(0)
                .setOutcome(Outcome.DONE)
                .setWorker(worker)
                .setComputeMillis(millis)
                .build();
    }

    private static StageTask task(String video, String stage) {
        return StageTask.newBuilder()
                .setVideoId(video)
                .setStage(stage)
                .setSegment(0)
                .setModel("any")
                .setModelDigest("any")
                .setScene(Scene.newBuilder()
                        .setPrompt("a drive")
                        .setSeed(1)
                        .setGuidance(1.0)
                        .setSteps(1)
                        .build())
                .setCodec("h264")
                .setFirstFrame(0)
                .setFrameCount(24)
                .setLast(false)
                .setPublish(false)
                .setInputs(Map.of())
                .setOutputs(List.of())
                .build();
    }
}
