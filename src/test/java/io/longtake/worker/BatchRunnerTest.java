package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import io.longtake.event.StageTask;
import io.longtake.model.InputSource;
import io.longtake.model.tensorrt.DeviceFailures;
import io.longtake.stage.Cancellation;
import io.longtake.stage.Stage;
import io.longtake.stage.StageBatch;
import io.longtake.stage.StageCancelledException;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageInputException;
import io.longtake.stage.StageOutputs;
import io.longtake.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** What tasks that share a call do to each other: nothing. The stage is played by the test; a task is known by its seed. */
class BatchRunnerTest {

    /** "seeds of the call/its size". */
    private final List<String> calls = new ArrayList<>();

    private final Map<Long, TaskOutcome> published = new LinkedHashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final DeviceHealth health = new DeviceHealth(4);
    private boolean stopping;
    private Runnable duringCall = () -> {};
    private int memory = 100;
    private long poison = -1;
    private Error error;
    private long unpublishable = -1;
    private final Set<Long> breaking = new HashSet<>();

    private final Stage stage = new Stage() {
        @Override
        public StageOutputs run(StageInput input, Cancellation cancellation) {
            throw new AssertionError("a worker asks for batches");
        }

        @Override
        public List<StageOutputs> run(StageBatch batch, Cancellation cancellation) {
            List<Long> seeds = batch.inputs().stream()
                    .map(input -> input.scene().getSeed())
                    .toList();
            calls.add(seeds + "/" + batch.size());
            duringCall.run();
            if (cancellation.isCancelled()) {
                throw new StageCancelledException();
            }
            if (batch.size() > memory) {
                throw new IllegalStateException(DeviceFailures.outOfMemory());
            }
            if (seeds.contains(poison)) {
                if (error != null) {
                    throw error;
                }
                throw new StageInputException("seed " + poison + " is poison");
            }
            if (seeds.stream().anyMatch(breaking::contains)) {
                throw new IllegalStateException(new EngineException("illegal address"));
            }
            return seeds.stream()
                    .map(seed -> StageOutputs.of(Tensor.filled(seed, 1)))
                    .toList();
        }
    };

    private final BatchRunner runner = new BatchRunner(
            // these tasks have no inputs to be read
            new TaskRunner((name, digest) -> new Models.Ready(stage, 24), null),
            health,
            ended::contains,
            () -> stopping,
            this::publish);

    private void publish(Work work, TaskOutcome outcome) {
        StageTask task = work.task();
        if (task.getScene().getSeed() == unpublishable) {
            throw new KafkaException("the broker is gone");
        }
        published.put(task.getScene().getSeed(), outcome);
    }

    @Test
    void tasks_share_a_call_and_each_is_published_with_its_own_result() {
        run(1, 2, 3);
        assertThat(calls).containsExactly("[1, 2, 3]/4");
        assertMade(1, 2, 3);
    }

    @Test
    void a_task_alone_is_in_a_call_of_the_same_size() {
        run(1);
        assertThat(calls).containsExactly("[1]/4");
    }

    @Test
    void poison_hurts_only_itself() {
        poison = 2;
        run(1, 2, 3);
        assertThat(calls).containsExactly("[1, 2, 3]/4", "[1]/4", "[2]/4", "[3]/4");
        assertMade(1, 3);
        assertThat(published).containsEntry(2L, new TaskOutcome.Impossible("seed 2 is poison"));
    }

    @Test
    void a_video_that_ended_before_the_call_is_not_in_it() {
        ended.add("video 2");
        run(1, 2);
        assertThat(calls).containsExactly("[1]/4");
        assertMade(1);
        assertThat(published).containsEntry(2L, new TaskOutcome.Unwanted());
    }

    @Test
    void a_video_that_ends_during_the_call_is_dropped_and_the_others_go_on() {
        duringCall = () -> ended.add("video 1");
        run(1, 2);
        assertThat(published).containsEntry(1L, new TaskOutcome.Unwanted());
        assertMade(2);
    }

    @Test
    void a_call_that_nobody_wants_any_more_stops() {
        duringCall = () -> ended.addAll(List.of("video 1", "video 2"));
        List<Work> works = run(1, 2);
        assertThat(published).containsOnlyKeys(1L, 2L).containsValue(new TaskOutcome.Unwanted());
        assertThat(works).allMatch(Work::isOver);
    }

    @Test
    void a_lease_that_was_lost_is_not_published() {
        List<Work> works = works(1, 2);
        works.get(0).outcome().cancel(true);
        runner.run(works);
        assertThat(calls).containsExactly("[2]/4");
        assertMade(2);
    }

    @Test
    void a_worker_that_stops_gives_all_of_them_back() {
        stopping = true;
        assertThat(run(1, 2)).allSatisfy(work -> assertThat(work.outcome())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StageCancelledException.class));
        assertThat(published).isEmpty();
    }

    @Test
    void what_cannot_be_published_is_given_back_alone() {
        unpublishable = 1;
        List<Work> works = run(1, 2);
        assertThat(works.get(0).outcome()).isCompletedExceptionally();
        assertThat(works.get(1).outcome()).isCompleted();
        assertMade(2);
    }

    @Test
    void too_little_memory_halves_the_call_until_it_fits_and_keeps_it_so() {
        memory = 2;
        run(1, 2, 3);
        run(4);
        assertThat(calls).containsExactly("[1, 2, 3]/4", "[1, 2]/2", "[3]/2", "[4]/2");
        assertMade(1, 2, 3, 4);
        assertThat(health.isOutOfService()).isFalse();
    }

    @Test
    void a_device_without_memory_for_one_task_is_tried_twice_and_then_out_of_service() {
        memory = 0;
        List<Work> works = run(1, 2);
        assertThat(calls).containsExactly("[1, 2]/4", "[1, 2]/2", "[1]/1", "[1]/1");
        assertThat(health.isOutOfService()).isTrue();
        assertThat(works).allSatisfy(work -> assertThat(work.outcome()).isCompletedExceptionally());
        assertThat(published).isEmpty();
    }

    @Test
    void an_engine_that_fails_at_two_tasks_in_a_row_takes_the_device_out_of_service() {
        breaking.addAll(List.of(1L, 2L));
        assertThat(run(1, 2)).allSatisfy(work -> assertThat(work.outcome()).isCompletedExceptionally());
        assertThat(health.isOutOfService()).isTrue();
    }

    @Test
    void a_task_that_is_not_even_tried_because_the_device_is_out_of_service_is_only_put_off() {
        breaking.addAll(List.of(1L, 2L));
        List<Work> works = run(1, 2, 3);
        assertThat(calls).containsExactly("[1, 2, 3]/4", "[1]/4", "[2]/4");
        assertThat(works.get(2).outcome())
                .failsWithin(java.time.Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(StageCancelledException.class);
    }

    @Test
    void a_stack_that_overflows_hurts_only_its_own_task() {
        error = new StackOverflowError();
        poison = 2;
        List<Work> works = run(1, 2, 3);
        assertMade(1, 3);
        assertThat(works.get(1).outcome()).isCompletedExceptionally();
    }

    @Test
    void a_process_without_memory_is_not_taken_for_a_fault_of_a_task() {
        error = new OutOfMemoryError("Java heap space");
        poison = 2;
        assertThatThrownBy(() -> run(1, 2, 3)).isSameAs(error);
        assertThat(calls).hasSize(1);
        assertThat(published).isEmpty();
    }

    @Test
    void an_engine_that_fails_at_one_task_again_and_again_is_not_to_blame() {
        breaking.add(1L);
        run(1);
        run(1);
        run(2);
        run(1);
        assertThat(health.isOutOfService()).isFalse();
        assertMade(2);
    }

    private List<Work> run(long... seeds) {
        List<Work> works = works(seeds);
        runner.run(works);
        return works;
    }

    private static List<Work> works(long... seeds) {
        return LongStream.of(seeds)
                .mapToObj(
                        seed -> new Work(Tasks.keyframes("video " + seed, seed).build()))
                .toList();
    }

    private void assertMade(long... seeds) {
        for (long seed : seeds) {
            assertThat(published.get(seed))
                    .isInstanceOfSatisfying(TaskOutcome.Made.class, made -> assertThat(made.outputs())
                            .containsExactly(Map.entry(InputSource.OUT, Tensor.filled(seed, 1))));
        }
    }
}
