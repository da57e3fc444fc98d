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
    void refuses_engines_that_models_are_not_made_for() {
        assertThatThrownBy(() -> Device.of("Rust"))
                .hasMessage("engine must be one of [auto, OnnxRuntime, TensorRT], found 'Rust'");
    }
}
