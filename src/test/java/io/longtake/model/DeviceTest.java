package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeviceTest {

    @Test
    void is_one_for_all_who_name_its_engine() {
        assertThat(Device.of("OnnxRuntime")).isSameAs(Device.of("OnnxRuntime")).hasToString("OnnxRuntime");
    }

    @Test
    void chooses_an_engine_that_is_there() {
        assertThat(Device.of(Device.AUTO).engine()).isIn("OnnxRuntime", "TensorRT");
    }

    @Test
    void runs_a_graph_in_half_where_it_prefers_that_and_the_graph_has_it() {
        GraphSpec both = ToyModel.stored().manifest().stages().graph("interpolate");
        GraphSpec single = ToyModel.stored().manifest().stages().graph("decode");
        Device half = Device.of("OnnxRuntime", Precision.HALF);
        assertThat(half.precision(both)).isEqualTo(Precision.HALF);
        assertThat(half.precision(single)).isEqualTo(Precision.SINGLE);
        assertThat(Device.of("OnnxRuntime").precision(both)).isEqualTo(Precision.SINGLE);
        assertThat(half).isSameAs(Device.of("OnnxRuntime", Precision.HALF)).isNotSameAs(Device.of("OnnxRuntime"));
    }

    @Test
    void refuses_engines_that_models_are_not_made_for() {
        assertThatThrownBy(() -> Device.of("Rust"))
                .hasMessage("engine must be one of [auto, OnnxRuntime, TensorRT], found 'Rust'");
    }
}
