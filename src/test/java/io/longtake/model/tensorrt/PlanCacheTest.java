package io.longtake.model.tensorrt;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCacheTest {

    private static final PlanKey KEY = new PlanKey("net", "ab12", "10.6.0", "NVIDIA H100", "9.0", "optLevel=3");

    @TempDir
    Path directory;

    private final AtomicInteger builds = new AtomicInteger();
    private final List<Long> loads = new ArrayList<>();

    private void build(Path plan) {
        builds.incrementAndGet();
        try {
            Files.writeString(plan, "a plan of some bytes");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private synchronized CompiledGraph load(Path plan, long bytes) {
        loads.add(bytes);
        return new FakeGraph(new LazyCuda(), List.of("x"), "1x2");
    }

    private CompiledGraph open(PlanKey key) throws IOException {
        return new PlanCache(directory).open(key, this::build, this::load);
    }

    private Path plan() {
        return directory.resolve(KEY.file());
    }

    @Test
    void a_plan_is_compiled_once_and_loaded_without_its_trailer() throws IOException {
        open(KEY);
        open(KEY);

        assertThat(builds).hasValue(1);
        assertThat(loads).containsExactly(20L, 20L);
        assertThat(new String(Files.readAllBytes(plan()), 0, 20, US_ASCII)).isEqualTo("a plan of some bytes");
    }

    @Test
    void another_model_gpu_version_or_option_is_another_plan() throws IOException {
        List<PlanKey> keys = List.of(
                KEY,
                new PlanKey("net", "cd34", "10.6.0", "NVIDIA H100", "9.0", "optLevel=3"),
                new PlanKey("net", "ab12", "10.7.0", "NVIDIA H100", "9.0", "optLevel=3"),
                new PlanKey("net", "ab12", "10.6.0", "NVIDIA H200", "9.0", "optLevel=3"),
                new PlanKey("net", "ab12", "10.6.0", "NVIDIA H100", "8.0", "optLevel=3"),
                new PlanKey("net", "ab12", "10.6.0", "NVIDIA H100", "9.0", "optLevel=5"));
        for (PlanKey key : keys) {
            open(key);
        }

        assertThat(builds).hasValue(keys.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5, 25, 60, 95})
    void a_plan_with_a_wrong_byte_is_compiled_anew(long at) throws IOException {
        open(KEY);
        try (RandomAccessFile file = new RandomAccessFile(plan().toFile(), "rw")) {
            file.seek(at);
            int right = file.read();
            file.seek(at);
            file.write(right ^ 1);
        }
        open(KEY);
        open(KEY);

        assertThat(builds).hasValue(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 19, 79, 99})
    void a_plan_that_was_cut_is_compiled_anew(long length) throws IOException {
        open(KEY);
        try (RandomAccessFile file = new RandomAccessFile(plan().toFile(), "rw")) {
            file.setLength(length);
        }
        open(KEY);

        assertThat(builds).hasValue(2);
    }

    @Test
    void a_plan_under_the_name_of_another_is_never_loaded() throws IOException {
        PlanKey other = new PlanKey("net", "ab12", "10.6.0", "NVIDIA A100", "8.0", "optLevel=3");
        open(other);
        Files.move(directory.resolve(other.file()), plan(), StandardCopyOption.REPLACE_EXISTING);
        open(KEY);

        assertThat(builds).hasValue(2);
        assertThat(loads).hasSize(2);
    }

    @Test
    void a_plan_that_tensorrt_refuses_is_compiled_anew() throws IOException {
        open(KEY);
        AtomicInteger asked = new AtomicInteger();
        new PlanCache(directory).open(KEY, this::build, (plan, bytes) -> {
            if (asked.getAndIncrement() == 0) {
                throw new EngineException("TensorRT: loading failed: serialization version");
            }
            return load(plan, bytes);
        });

        assertThat(builds).hasValue(2);
    }

    @Test
    void a_full_device_does_not_cost_the_plan() throws IOException {
        open(KEY);
        assertThatThrownBy(() -> new PlanCache(directory).open(KEY, this::build, (plan, bytes) -> {
                    throw LazyCuda.outOfMemory();
                }))
                .isInstanceOf(OutOfDeviceMemoryException.class);

        assertThat(plan()).exists();
    }

    @Test
    void a_build_that_fails_leaves_nothing_that_looks_like_a_plan() {
        assertThatThrownBy(() -> new PlanCache(directory)
                        .open(
                                KEY,
                                plan -> {
                                    build(plan);
                                    throw new EngineException("no kernel fits");
                                },
                                this::load))
                .hasMessage("no kernel fits");

        assertThat(directory).isDirectoryNotContaining(file -> !file.toString().endsWith(".lock"));
    }

    @Test
    void whoever_comes_while_it_is_compiled_waits_and_takes_it() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<CompiledGraph> open = () -> open(KEY);
            for (var future : threads.invokeAll(List.of(open, open, open, open))) {
                future.get();
            }
        } finally {
            threads.shutdown();
        }

        assertThat(builds).hasValue(1);
        assertThat(loads).hasSize(4);
    }

    @Test
    void a_directory_that_cannot_be_made_is_named_with_the_option() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> new PlanCache(file.resolve("plans")).open(KEY, this::build, this::load))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file/plans")
                .hasMessageContaining("planCache");
    }
}
