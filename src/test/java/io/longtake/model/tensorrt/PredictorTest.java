package io.longtake.model.tensorrt;

import static io.longtake.model.tensorrt.FakeMachine.array;
import static io.longtake.model.tensorrt.FakeMachine.call;
import static io.longtake.model.tensorrt.FakeMachine.predictor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictorTest {

    @TempDir
    Path directory;

    private FakeMachine machine;

    @BeforeEach
    void machine() {
        machine = new FakeMachine(directory);
    }

    @Test
    void a_call_returns_before_the_device_has_begun() {
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray y = call(predictor, array(manager, "x", 1, 2));

            assertThat(machine.cuda.calls)
                    .contains("enqueue")
                    .doesNotContain("synchronize", "synchronize event", "download");
            assertThat(y.getName()).isEqualTo("y");
            assertThat(y.toFloatArray()).containsExactly(2, 4);
        }
    }

    @Test
    void outputs_of_one_predictor_are_inputs_of_another_without_passing_the_host() {
        try (TensorRtModel network = machine.model(Map.of());
                TensorRtModel update = machine.model(Map.of());
                var networks = predictor(network);
                var updates = predictor(update);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray latent = array(manager, "x", 1, 3);
            machine.cuda.calls.clear();
            for (int step = 0; step < 3; step++) {
                NDArray prediction = call(networks, latent);
                prediction.setName("x");
                NDArray next = call(updates, prediction);
                next.setName("x");
                latent.close();
                prediction.close();
                latent = next;
            }

            assertThat(machine.cuda.calls)
                    .doesNotContain("upload", "download", "copy", "synchronize", "synchronize event");
            assertThat(latent.toFloatArray()).containsExactly(64, 192);
        }
    }

    @Test
    void memory_is_given_back_after_the_last_lane_that_reads_it() {
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray x = array(manager, "x", 1, 2);
            NDArray other = array(manager, "other", 0, 0);
            NDArray y = call(predictor, x);
            y.attach(machine.engine.newBaseManager());
            x.close();
            // The lane of x runs to its end, the freeing of x included, before anybody asks for y.
            other.toFloatArray();

            assertThat(y.toFloatArray()).containsExactly(2, 4);
        }
    }

    @Test
    void an_array_is_written_anew_after_the_last_lane_that_reads_it() {
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray x = array(manager, "x", 1, 2);
            NDArray y = call(predictor, x);
            x.set(new float[] {5, 6});

            assertThat(x.toFloatArray()).containsExactly(5, 6);
            assertThat(y.toFloatArray()).containsExactly(2, 4);
        }
    }

    @Test
    void inputs_are_found_by_name_in_any_order() {
        machine.tensorRt.inputs = List.of("a", "b");
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            assertThat(call(predictor, array(manager, "b", 1, 2), array(manager, "a", 3, 4))
                            .toFloatArray())
                    .containsExactly(8, 12);
            assertThatThrownBy(() -> call(predictor, array(manager, "b", 1, 2), array(manager, "c", 3, 4)))
                    .hasMessageContaining("takes inputs [a, b], found [b, c]");
        }
    }

    @Test
    void shapes_that_no_profile_takes_are_refused_with_those_that_it_does() {
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            assertThatThrownBy(() -> call(predictor, array(manager, "x", new float[18])))
                    .hasMessageContaining("x (9, 2) of [1x2/2x2/8x2]")
                    .hasMessageContaining("profile.<input>");
        }
    }

    @Test
    void the_first_profile_that_takes_the_shapes_is_used() {
        machine.tensorRt.range = "1x2;2x2/3x2/4x2";
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            assertThat(call(predictor, array(manager, "x", 1, 2, 3, 4)).toFloatArray())
                    .containsExactly(2, 4, 6, 8);
            assertThat(call(predictor, array(manager, "x", 1, 2)).toFloatArray())
                    .containsExactly(2, 4);
            assertThat(machine.tensorRt.graphs.get(0).executions).isEqualTo(2);
        }
    }

    @Test
    void each_predictor_has_its_own_lane_and_all_share_the_weights() {
        try (TensorRtModel model = machine.model(Map.of())) {
            long before = machine.cuda.open("stream");
            try (var one = predictor(model);
                    var two = predictor(model)) {
                assertThat(machine.cuda.open("stream")).isEqualTo(before + 2);
                assertThat(machine.tensorRt.graphs).hasSize(1);
            }
            assertThat(machine.cuda.open("stream")).isEqualTo(before);
        }
    }

    @Test
    void everything_is_closed_but_the_lane_that_outlives_all() {
        NDManager manager = machine.engine.newBaseManager();
        TensorRtModel model = machine.model(Map.of());
        Predictor<NDList, NDList> predictor = predictor(model);
        call(predictor, array(manager, "x", 1, 2)).toFloatArray();
        predictor.close();
        model.close();
        manager.close();

        assertThat(machine.cuda.open()).containsExactly("stream");
        assertThat(machine.tensorRt.graphs.get(0).closed).isTrue();
    }

    @Test
    void a_model_may_be_closed_before_its_predictors() {
        TensorRtModel model = machine.model(Map.of());
        Predictor<NDList, NDList> predictor = predictor(model);
        try (NDManager manager = machine.engine.newBaseManager()) {
            call(predictor, array(manager, "x", 1, 2));
            model.close();
            predictor.close();

            assertThatThrownBy(() -> call(predictor, array(manager, "x", 1, 2))).hasMessageContaining("closed");
        }
        assertThat(machine.cuda.open()).containsExactly("stream");
    }

    @Test
    void an_output_can_be_read_after_its_predictor_is_closed() {
        try (TensorRtModel model = machine.model(Map.of());
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray y;
            try (var predictor = predictor(model)) {
                y = call(predictor, array(manager, "x", 1, 2));
            }

            assertThat(y.toFloatArray()).containsExactly(2, 4);
        }
        assertThat(machine.cuda.open("memory")).isZero();
    }

    @Test
    void a_call_without_memory_gives_back_what_it_took_and_the_next_one_works() {
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray x = array(manager, "x", 1, 2);
            call(predictor, x).close();
            long before = machine.cuda.open("memory");
            machine.cuda.failNext("allocate", LazyCuda.outOfMemory());

            assertThatThrownBy(() -> call(predictor, x)).isInstanceOf(OutOfDeviceMemoryException.class);
            assertThat(machine.cuda.open("memory")).isEqualTo(before);
            assertThat(call(predictor, x).toFloatArray()).containsExactly(2, 4);
        }
    }

    @Test
    void a_call_that_fails_gives_back_its_outputs() {
        try (TensorRtModel model = machine.model(Map.of());
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray x = array(manager, "x", 1, 2);
            call(predictor, x).close();
            long before = machine.cuda.open("memory");
            machine.tensorRt.graphs.get(0).enqueueFailure = new EngineException("TensorRT: enqueueV3 failed");

            assertThatThrownBy(() -> call(predictor, x)).hasMessageContaining("enqueueV3");
            assertThat(machine.cuda.open("memory")).isEqualTo(before);
        }
    }

    @Test
    void closing_after_the_device_is_lost_is_no_second_failure() {
        TensorRtModel model = machine.model(Map.of());
        Predictor<NDList, NDList> predictor = predictor(model);
        NDArray x = array(machine.engine.newBaseManager(), "x", 1, 2);
        machine.tensorRt.graphs.get(0).enqueueFailure = LazyCuda.lost();
        assertThatThrownBy(() -> call(predictor, x)).isInstanceOf(DeviceLostException.class);
        machine.cuda.failNext("synchronize", LazyCuda.lost());
        machine.cuda.failNext("free", LazyCuda.lost());

        x.close();
        predictor.close();
        model.close();
    }

    @Test
    void models_of_two_devices_exchange_arrays_by_a_copy_between_them() {
        try (TensorRtModel first = machine.model(Map.of(), Device.gpu(0));
                TensorRtModel second = machine.model(Map.of(), Device.gpu(1));
                var one = predictor(first);
                var two = predictor(second);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray y = call(one, array(manager, "x", 1, 2));
            y.setName("x");
            NDArray z = call(two, y);

            assertThat(z.toFloatArray()).containsExactly(4, 8);
            assertThat(z.getDevice()).isEqualTo(Device.gpu(1));
            assertThat(machine.cuda.called("copy")).isEqualTo(1);
        }
    }

    @Test
    void a_device_that_is_not_there_is_refused_with_those_that_are() {
        assertThatThrownBy(() -> machine.engine.newModel("net", Device.gpu(2)))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining("shows 2 device(s)");
        assertThatThrownBy(() -> machine.engine.newModel("net", Device.cpu())).hasMessageContaining("runs on GPUs");
    }

    @Test
    void times_on_the_device_are_told_once_it_is_done() {
        List<Double> times = new ArrayList<>();
        DoubleConsumer listener = times::add;
        try (TensorRtModel model = machine.model(Map.of("timings", listener));
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray x = array(manager, "x", 1, 2);
            call(predictor, x);
            assertThat(times).isEmpty();
            call(predictor, x).toFloatArray();
            assertThat(times).isEmpty();
            call(predictor, x);
            assertThat(times).containsExactly(1.5, 1.5);
        }
        assertThat(times).hasSize(3);
        assertThat(machine.cuda.open("event")).isZero();
    }

    @Test
    void replaced_weights_hold_from_the_next_call_on() {
        try (TensorRtModel model = machine.model(Map.of("refit", "w"));
                var predictor = predictor(model);
                NDManager manager = machine.engine.newBaseManager()) {
            NDArray x = array(manager, "x", 1, 2);
            NDArray before = call(predictor, x);
            model.refit(Map.of("w", new float[] {10}));

            assertThat(call(predictor, x).toFloatArray()).containsExactly(10, 20);
            assertThat(before.toFloatArray()).containsExactly(2, 4);
            assertThat(model.refittable()).containsExactly("w");
        }
    }
}
