package io.longtake.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.event.Scene;
import io.longtake.event.StageTask;
import io.longtake.stage.Cancellation;
import io.longtake.stage.Stage;
import io.longtake.stage.StageInput;
import io.longtake.stage.StageOutputs;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchKeyTest {

    /** Whose tasks may share a call if they are of one seed. */
    private static final Stage STAGES = new Stage() {
        @Override
        public StageOutputs run(StageInput input, Cancellation cancellation) {
            throw new AssertionError("nobody asked for it");
        }

        @Override
        public Object callKey(StageInput input) {
            return input.scene().getSeed();
        }
    };

    @Test
    void a_model_a_stage_and_what_the_stage_asks_for_keep_tasks_apart() {
        StageTask task = Tasks.keyframes("one", 1).build();

        assertThat(key(task))
                .isEqualTo(key(Tasks.keyframes("other", 1).setSegment(4).build()))
                .isNotEqualTo(key(Tasks.keyframes("one", 2).build()))
                .isNotEqualTo(key(Tasks.keyframes("one", 1).setStage("decode").build()))
                .isNotEqualTo(
                        key(Tasks.keyframes("one", 1).setModelDigest("else").build()));
    }

    @Test
    void groups_come_in_the_order_of_their_first() {
        TaskRunner.Prepared first = prepared(Tasks.keyframes("one", 1).build());
        TaskRunner.Prepared later = prepared(Tasks.keyframes("two", 2).build());
        TaskRunner.Prepared again = prepared(Tasks.keyframes("three", 1).build());

        assertThat(BatchKey.groups(List.of(first, later, again)))
                .containsExactly(List.of(first, again), List.of(later));
    }

    private static BatchKey key(StageTask task) {
        return prepared(task).key();
    }

    private static TaskRunner.Prepared prepared(StageTask task) {
        Scene scene = task.getScene();
        StageInput input = new StageInput(task.getStage(), task.getSegment(), scene, Map.of());
        return new TaskRunner.Prepared(
                new Work(task), input, new Models.Ready(STAGES, 24), BatchKey.of(task, input, STAGES));
    }
}
