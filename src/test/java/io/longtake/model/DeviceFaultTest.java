package io.longtake.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import ai.djl.translate.TranslateException;
import io.longtake.model.tensorrt.DeviceFailures;
import org.junit.jupiter.api.Test;

class DeviceFaultTest {

    /** Has the name and is not it. */
    private static final class OutOfDeviceMemoryException extends EngineException {
        OutOfDeviceMemoryException() {
            super("3 GiB wanted, 1 GiB left");
        }
    }

    @Test
    void too_little_memory_is_found_under_whatever_is_wrapped_around_it() {
        RuntimeException wrapped =
                new GraphException("cannot run it", new TranslateException(DeviceFailures.outOfMemory()));
        assertThat(DeviceFault.of(wrapped)).isEqualTo(DeviceFault.OUT_OF_MEMORY);
    }

    @Test
    void the_name_by_which_it_is_known_is_that_of_the_engines_exception() {
        assertThat(DeviceFailures.outOfMemory().getClass().getName()).isEqualTo(DeviceFault.OUT_OF_MEMORY_NAME);
        assertThat(DeviceFault.of(new OutOfDeviceMemoryException())).isEqualTo(DeviceFault.ENGINE);
    }

    @Test
    void another_failure_of_the_engine_is_one() {
        assertThat(DeviceFault.of(new GraphException("cannot run it", new EngineException("illegal address"))))
                .isEqualTo(DeviceFault.ENGINE);
    }

    @Test
    void what_the_engine_did_not_say_is_none() {
        assertThat(DeviceFault.of(new GraphException("expected another shape"))).isEqualTo(DeviceFault.NONE);
        assertThat(DeviceFault.of(new IllegalStateException("out of memory"))).isEqualTo(DeviceFault.NONE);
    }
}
