package io.longtake.model.tensorrt;

import static io.longtake.model.tensorrt.FakeMachine.array;
import static io.longtake.model.tensorrt.FakeMachine.call;
import static io.longtake.model.tensorrt.FakeMachine.predictor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaGraphsTest {

    @TempDir
    Path directory;

    private FakeMachine machine;
    private NDManager manager;
    private TensorRtModel model;
    private Predictor<NDList, NDList> predictor;

    @BeforeEach
    void open() {
        machine = new FakeMachine(directory);
        manager = machine.engine.newBaseManager();
        model = machine.model(Map.of("cudaGraphs", "2"));
        predictor = predictor(model);
    }

    @AfterEach
    void nothing_stays_open() {
        predictor.close();
        model.close();
        manager.close();
        assertThat(machine.cuda.open()).containsExactly("stream");
        assertThat(machine.tensorRt.graphs.get(0).closed).isTrue();
    }

    private float[] run(float... values) {
        return call(predictor, array(manager, "x", values)).toFloatArray();
    }

    @Test
    void the_first_call_of_a_shape_goes_kernel_by_kernel_and_later_ones_are_launched() {
        assertThat(run(1, 2)).containsExactly(2, 4);
        assertThat(machine.cuda.calls).containsSubsequence("enqueue", "beginCapture", "enqueue", "endCapture");
        assertThat(machine.cuda.called("launch")).isZero();

        assertThat(run(3, 4)).containsExactly(6, 8);
        assertThat(run(5, 6)).containsExactly(10, 12);
        assertThat(machine.cuda.called("launch")).isEqualTo(2);
        assertThat(machine.cuda.called("enqueue")).isEqualTo(2);
    }

    @Test
    void results_of_earlier_calls_stay_what_they_were() {
        var first = call(predictor, array(manager, "x", 1, 2));
        var second = call(predictor, array(manager, "x", 3, 4));
        var third = call(predictor, array(manager, "x", 5, 6));

        assertThat(third.toFloatArray()).containsExactly(10, 12);
        assertThat(second.toFloatArray()).containsExactly(6, 8);
        assertThat(first.toFloatArray()).containsExactly(2, 4);
    }

    @Test
    void each_shape_has_an_execution_of_its_own_and_the_one_used_longest_ago_makes_room() {
        run(1, 2);
        run(1, 2, 3, 4);
        run(1, 2);
        run(1, 2, 3, 4, 5, 6);

        FakeGraph graph = machine.tensorRt.graphs.get(0);
        assertThat(graph.executions).isEqualTo(3);
        assertThat(graph.openExecutions).isEqualTo(2);
        assertThat(machine.cuda.open("graph")).isEqualTo(2);
        // The first shape was used since, so it is the second that went.
        run(1, 2);
        assertThat(graph.executions).isEqualTo(3);
    }

    @Test
    void a_capture_that_fails_leaves_calls_as_they_are_without_graphs() {
        machine.cuda.failNext("beginCapture", new EngineException("CUDA: cudaStreamBeginCapture failed"));

        assertThat(run(1, 2)).containsExactly(2, 4);
        assertThat(run(3, 4)).containsExactly(6, 8);
        assertThat(machine.cuda.called("launch")).isZero();
        assertThat(machine.cuda.called("beginCapture")).isEqualTo(1);
    }

    @Test
    void a_capture_that_fails_in_the_middle_is_ended() {
        FakeGraph graph = machine.tensorRt.graphs.get(0);
        predictor.close();
        predictor = predictor(model);
        machine.cuda.failNext("endCapture", new EngineException("CUDA: cudaStreamEndCapture failed"));

        assertThat(run(1, 2)).containsExactly(2, 4);
        assertThat(run(3, 4)).containsExactly(6, 8);
        assertThat(graph.openExecutions).isEqualTo(1);
    }

    @Test
    void replaced_weights_drop_what_was_captured_with_the_old_ones() {
        run(1, 2);
        run(1, 2);
        model.refit(Map.of("w", new float[] {10}));

        assertThat(run(1, 2)).containsExactly(10, 20);
        assertThat(machine.cuda.called("destroyGraph")).isEqualTo(1);
        assertThat(run(3, 4)).containsExactly(30, 40);
    }

    @Test
    void a_shape_without_memory_for_its_buffers_leaves_nothing_behind() {
        run(1, 2);
        var x = array(manager, "x", 1, 2, 3, 4);
        long before = machine.cuda.open("memory");
        int executions = machine.tensorRt.graphs.get(0).openExecutions;
        machine.cuda.failNext("allocate", LazyCuda.outOfMemory());

        assertThatThrownBy(() -> call(predictor, x)).isInstanceOf(OutOfDeviceMemoryException.class);
        assertThat(machine.cuda.open("memory")).isEqualTo(before);
        assertThat(machine.tensorRt.graphs.get(0).openExecutions).isEqualTo(executions);
        assertThat(run(1, 2, 3, 4)).containsExactly(2, 4, 6, 8);
    }
}
