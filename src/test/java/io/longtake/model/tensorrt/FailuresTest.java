package io.longtake.model.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.engine.EngineException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads when it does not work; docs/gpu.md has the same messages. */
class FailuresTest {

    private final LazyCuda cuda = new LazyCuda();

    @Test
    void no_driver() {
        cuda.driver = 0;
        assertThatThrownBy(() -> Requirements.devices(cuda)).hasMessageStartingWith("no CUDA driver");
    }

    @Test
    void an_old_driver() {
        cuda.driver = 11080;
        assertThatThrownBy(() -> Requirements.devices(cuda))
                .hasMessageContaining("driver is too old: it supports CUDA 11.8, found runtime 12.6")
                .hasMessageContaining("525");
    }

    @Test
    void a_driver_of_an_older_minor_version_will_do() {
        cuda.driver = 12000;
        assertThat(Requirements.devices(cuda)).isEqualTo(2);
    }

    @Test
    void no_device() {
        cuda.devices = 0;
        assertThatThrownBy(() -> Requirements.devices(cuda))
                .hasMessageStartingWith("no CUDA device")
                .hasMessageContaining("nvidia-smi")
                .hasMessageContaining("CUDA_VISIBLE_DEVICES");
    }

    @ParameterizedTest
    @CsvSource({"7, 0, false", "7, 2, false", "7, 5, true", "8, 0, true", "9, 0, true", "6, 9, false"})
    void a_gpu_is_supported_from_turing_on(int major, int minor, boolean supported) {
        Gpu gpu = new Gpu(0, "GPU", major, minor, 1 << 30);
        if (supported) {
            assertThat(Requirements.supported(gpu)).isEqualTo(gpu);
        } else {
            assertThatThrownBy(() -> Requirements.supported(gpu)).hasMessageContaining("too old");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {46, 214, 219, 220, 226, 700, 702, 710, 714, 715, 716, 717, 718, 719, 721, 999})
    void errors_that_stay_mean_the_device_is_lost(int code) {
        assertThat(CudaFailure.of(code, "name", "text", "call"))
                .isInstanceOf(DeviceLostException.class)
                .hasMessageContaining("call failed: name (" + code + "): text")
                .hasMessageContaining("restart");
    }

    @Test
    void out_of_memory_has_a_type_of_its_own() {
        assertThat(DeviceFailures.outOfMemory())
                .isInstanceOf(OutOfDeviceMemoryException.class)
                .hasMessageContaining("cudaMallocAsync of 8 bytes")
                .hasMessageContaining("Make the batch");
        assertThat(CudaFailure.of(1, "cudaErrorInvalidValue", "invalid argument", "call"))
                .isExactlyInstanceOf(EngineException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /c/libjnicudart.so: libcuda.so.1: cannot open shared object file       | no CUDA driver
                    /c/libjnicudart.so: libcudart.so.12: cannot open shared object file    | libcudart.so.12 is neither on the class path
                    /c/libjninvinfer.so: libnvinfer.so.10: cannot open shared object file  | libnvinfer.so.10 is neither on the class path
                    libnvinfer_builder_resource.so: cannot enable executable stack         | refuses TensorRT 10.6
                    no jnicudart in java.library.path                                      | are not on the class path
                    """)
    void a_library_that_is_missing_is_named_with_the_remedy(String reason, String message) {
        LinkageError error = new UnsatisfiedLinkError("no jni in java.library.path");
        error.initCause(new UnsatisfiedLinkError(reason));

        assertThat(MissingLibrary.explain(error)).hasMessageContaining(message).hasCause(error);
    }

    @Test
    void the_reason_is_given_again_at_each_call() {
        AtomicInteger asked = new AtomicInteger();
        var opened = new TensorRtEngineProvider.OnceOpened(() -> {
            if (asked.getAndIncrement() > 0) {
                throw new NoClassDefFoundError("Could not initialize class cudart");
            }
            throw new UnsatisfiedLinkError("libcuda.so.1: cannot open shared object file");
        });

        for (int call = 0; call < 3; call++) {
            assertThatThrownBy(opened::engine)
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("no CUDA driver");
        }
    }

    @Test
    void a_device_that_comes_later_is_found() {
        cuda.devices = 0;
        var opened = new TensorRtEngineProvider.OnceOpened(() -> new TensorRtEngine(cuda, new FakeTensorRt(cuda)));
        assertThatThrownBy(opened::engine).hasMessageStartingWith("no CUDA device");
        cuda.devices = 1;

        assertThat(opened.engine()).isSameAs(opened.engine());
    }

    @Test
    void without_the_profile_the_engine_says_how_to_get_its_libraries() {
        assumeThat(getClass().getResource("/org/bytedeco/cuda/linux-x86_64/libjnicudart.so"))
                .as("built with profile gpu")
                .isNull();

        for (int call = 0; call < 2; call++) {
            assertThatThrownBy(() -> new TensorRtEngineProvider().getEngine())
                    .isInstanceOf(EngineException.class)
                    .hasMessageStartingWith("the libraries of TensorRT are not on the class path")
                    .hasMessageContaining("Maven profile gpu")
                    .hasMessageContaining("docs/gpu.md");
        }
    }
}
