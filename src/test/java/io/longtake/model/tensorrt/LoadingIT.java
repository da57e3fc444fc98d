package io.longtake.model.tensorrt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way through NVIDIA's real libraries up to where a device is missing, each time in a JVM of its own. Needs profile gpu. */
class LoadingIT {

    @TempDir
    Path directory;

    @BeforeEach
    void libraries_are_on_the_class_path() {
        assumeThat(getClass().getResource("/org/bytedeco/tensorrt/linux-x86_64/libnvinfer.so.10"))
                .as("built with profile gpu")
                .isNotNull();
    }

    @Test
    void a_machine_without_a_driver_is_told_so() throws Exception {
        assumeThat(output(new ProcessBuilder("/sbin/ldconfig", "-p"))).doesNotContain("libcuda.so.1");

        assertThat(load(Map.of()))
                .startsWith("refused: no CUDA driver: libcuda.so.1 is not on this machine")
                .containsOnlyOnce("alive")
                .satisfies(LoadingIT::saidTwice);
    }

    @Test
    void a_driver_without_a_device_is_told_so() throws Exception {
        assertThat(load(Map.of("LD_LIBRARY_PATH", stub(), "STUB_CUDA_DRIVER", "12060")))
                .startsWith("refused: no CUDA device: the NVIDIA driver shows none")
                .containsOnlyOnce("alive")
                .satisfies(LoadingIT::saidTwice);
    }

    @Test
    void an_old_driver_is_told_so() throws Exception {
        assertThat(load(Map.of("LD_LIBRARY_PATH", stub(), "STUB_CUDA_DRIVER", "11080")))
                .startsWith("refused: the NVIDIA driver is too old: it supports CUDA 11.8, found runtime 12.")
                .containsOnlyOnce("alive");
    }

    @Test
    void tensorrt_loads_without_cublas_cudnn_and_nvrtc_and_its_objects_can_be_deleted() throws Exception {
        assertThat(load(Map.of("LD_LIBRARY_PATH", stub()), "tensorrt")).contains("version: 10.6.0", "deleted", "alive");
    }

    private static void saidTwice(String output) {
        List<String> lines = output.lines().toList();
        assertThat(lines.get(1)).isEqualTo(lines.get(0));
    }

    private String stub() throws Exception {
        Path source = Path.of("src/test/native/stub-libcuda.c").toAbsolutePath();
        ProcessBuilder compiler = new ProcessBuilder(
                "gcc", "-shared", "-fPIC", "-Wl,-soname,libcuda.so.1", "-o", "libcuda.so.1", source.toString());
        compiler.directory(directory.toFile()).redirectErrorStream(true);
        try {
            assertThat(output(compiler)).isEmpty();
        } catch (IOException e) {
            assumeThat(e).as("gcc compiles the stub driver").isNull();
        }
        assertThat(directory.resolve("libcuda.so.1")).exists();
        return directory.toString();
    }

    private static String load(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-Dai.djl.offline=true",
                                "-Dai.djl.default_engine=OnnxRuntime",
                                "-cp",
                                System.getProperty("java.class.path"),
                                LoadingMain.class.getName()),
                        Stream.of(arguments))
                .toList();
        ProcessBuilder child = new ProcessBuilder(command);
        Path errors = Files.createTempFile("loading", ".err");
        child.redirectError(errors.toFile());
        child.environment().remove("LD_LIBRARY_PATH");
        child.environment().putAll(environment);
        Process process = child.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output + Files.readString(errors)).isZero();
        Files.delete(errors);
        return output;
    }

    private static String output(ProcessBuilder builder) throws Exception {
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return output;
    }
}
