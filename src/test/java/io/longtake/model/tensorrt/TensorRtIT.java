package io.longtake.model.tensorrt;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import ai.djl.util.Progress;
import java.io.IOException;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine on a real GPU, through DJL alone. */
@NeedsGpu
class TensorRtIT {

    private static final Path GRAPHS = Path.of("src/test/resources/tensorrt");
    private static final Shape LATENT = new Shape(2, 4, 8, 8);
    private static final String PROFILE = "1x4x8x8/2x4x8x8/4x4x8x8";

    @TempDir
    static Path plans;

    private NDManager manager;
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeEach
    void open() {
        manager = NDManager.newBaseManager(null, "TensorRT");
    }

    @AfterEach
    void close() throws Exception {
        Collections.reverse(open);
        for (AutoCloseable opened : open) {
            opened.close();
        }
        manager.close();
    }

    @Test
    void a_graph_agrees_with_onnx_runtime() throws Exception {
        float[] x = random(LATENT, 1);

        assertClose(call(network(Map.of()), Map.of("latent", x)), reference("network", Map.of("latent", x)), 1e-4f);
    }

    @Test
    void a_chain_of_two_predictors_on_the_device_agrees_with_onnx_runtime() throws Exception {
        Predictor<NDList, NDList> network = network(Map.of());
        Predictor<NDList, NDList> update = update(Map.of());
        float[] expected = random(LATENT, 2);
        NDArray latent = array("latent", expected, LATENT);
        NDArray step = array("step", new float[] {-0.25f}, new Shape(1));
        for (int i = 0; i < 4; i++) {
            NDArray prediction = network.predict(new NDList(latent)).singletonOrThrow();
            NDArray next = update.predict(new NDList(latent, prediction, step)).singletonOrThrow();
            next.setName("latent");
            latent.close();
            prediction.close();
            latent = next;
            float[] predicted = reference("network", Map.of("latent", expected));
            expected = reference(
                    "update", Map.of("latent", expected, "prediction", predicted, "step", new float[] {-0.25f}));
        }

        assertClose(latent.toFloatArray(), expected, 1e-3f);
    }

    @Test
    void cuda_graphs_change_nothing_but_the_time() throws Exception {
        Predictor<NDList, NDList> plain = network(Map.of());
        Predictor<NDList, NDList> replayed = network(Map.of("cudaGraphs", "2"));
        for (int batch : new int[] {2, 1, 2, 4, 1, 2, 2}) {
            Shape shape = new Shape(batch, 4, 8, 8);
            float[] x = random(shape, batch);

            assertClose(call(replayed, Map.of("latent", x)), call(plain, Map.of("latent", x)), 1e-6f);
        }
    }

    @Test
    void the_second_load_takes_the_plan_of_the_first(@TempDir Path cache) throws Exception {
        Builds builds = new Builds();
        network(Map.of("planCache", cache.toString(), "progress", builds));
        Map<Path, byte[]> kept = plans(cache);
        network(Map.of("planCache", cache.toString(), "progress", builds));

        assertThat(builds.started).isEqualTo(1);
        assertThat(builds.steps).isGreaterThan(1);
        assertThat(kept).hasSize(1);
        assertThat(plans(cache).keySet()).isEqualTo(kept.keySet());
        assertThat(plans(cache).values()).containsExactlyElementsOf(kept.values());
    }

    @Test
    void a_damaged_plan_is_compiled_anew(@TempDir Path cache) throws Exception {
        network(Map.of("planCache", cache.toString()));
        Path plan = plans(cache).keySet().iterator().next();
        byte[] bytes = Files.readAllBytes(plan);
        bytes[bytes.length / 2] ^= 1;
        Files.write(plan, bytes);
        float[] x = random(LATENT, 3);

        assertClose(
                call(network(Map.of("planCache", cache.toString())), Map.of("latent", x)),
                reference("network", Map.of("latent", x)),
                1e-4f);
    }

    @Test
    void a_plan_that_is_none_is_refused(@TempDir Path directory) throws IOException {
        Files.write(directory.resolve("net.plan"), new byte[4096]);
        try (Model model = Model.newInstance("net", "TensorRT")) {
            assertThatThrownBy(() -> model.load(directory))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("was not compiled for this GPU");
        }
    }

    @Test
    void a_graph_that_tensorrt_cannot_read_is_refused_with_its_words(@TempDir Path directory) throws IOException {
        byte[] onnx = Files.readAllBytes(GRAPHS.resolve("network.onnx"));
        String unknown = new String(onnx, ISO_8859_1).replace("Sigmoid", "Sigmoix");
        Files.write(directory.resolve("net.onnx"), unknown.getBytes(ISO_8859_1));
        try (Model model = Model.newInstance("net", "TensorRT")) {
            assertThatThrownBy(() -> model.load(directory, "net", Map.of("profile.latent", PROFILE)))
                    .isInstanceOf(EngineException.class)
                    .hasMessageContaining("TensorRT cannot read net.onnx")
                    .hasMessageContaining("Sigmoix");
        }
    }

    @Test
    void a_full_device_is_an_exception_and_the_next_call_works() throws Exception {
        Predictor<NDList, NDList> network = network(Map.of());
        assertThatThrownBy(() -> manager.zeros(new Shape(1L << 40))).isInstanceOf(OutOfDeviceMemoryException.class);
        float[] x = random(LATENT, 4);

        assertClose(call(network, Map.of("latent", x)), reference("network", Map.of("latent", x)), 1e-4f);
    }

    @Test
    void replaced_weights_change_what_comes_out() throws Exception {
        TensorRtModel model = model("network", Map.of("profile.latent", PROFILE, "refit", "mix.*", "cudaGraphs", true));
        Predictor<NDList, NDList> network = opened(model.newPredictor(new NoopTranslator()));
        float[] x = random(LATENT, 5);
        call(network, Map.of("latent", x));
        call(network, Map.of("latent", x));
        float[] bias = {1, -2, 3, 0.5f};
        assertThat(model.refittable()).contains("mix.weight", "mix.bias");
        model.refit(Map.of("mix.weight", new float[4 * 4 * 3 * 3], "mix.bias", bias));

        // Without weights the convolution is its bias b, and the graph b · sigmoid(b).
        float[] expected = new float[x.length];
        for (int i = 0; i < expected.length; i++) {
            double b = bias[i / 64 % 4];
            expected[i] = (float) (b / (1 + Math.exp(-b)));
        }
        assertClose(call(network, Map.of("latent", x)), expected, 1e-4f);
        assertThatThrownBy(() -> model.refit(Map.of("other", bias)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[other]");
    }

    @Test
    void predictors_of_several_threads_do_not_mix_their_results() throws Exception {
        TensorRtModel model = model("network", Map.of("profile.latent", PROFILE));
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> callers = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                float[] x = random(LATENT, 10 + caller);
                float[] expected = reference("network", Map.of("latent", x));
                Predictor<NDList, NDList> predictor = opened(model.newPredictor(new NoopTranslator()));
                callers.add(() -> {
                    for (int i = 0; i < 50; i++) {
                        assertClose(call(predictor, Map.of("latent", x)), expected, 1e-4f);
                    }
                    return true;
                });
            }
            for (var done : threads.invokeAll(callers)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void a_closed_model_gives_its_memory_back() throws Exception {
        Cuda cuda = new JavaCppCuda();
        for (int i = 0; i < 5; i++) {
            loadAndClose();
        }
        long before = cuda.freeMemory(0);
        for (int i = 0; i < 20; i++) {
            loadAndClose();
        }

        assertThat(cuda.freeMemory(0)).isGreaterThan(before - (16 << 20));
    }

    private void loadAndClose() throws Exception {
        try (TensorRtModel model = load("network", Map.of("profile.latent", PROFILE, "cudaGraphs", true));
                Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator())) {
            call(predictor, Map.of("latent", random(LATENT, 6)));
            call(predictor, Map.of("latent", random(LATENT, 7)));
        }
    }

    @Test
    void calls_are_timed_on_the_device() throws Exception {
        List<Double> times = Collections.synchronizedList(new ArrayList<>());
        DoubleConsumer listener = times::add;
        Predictor<NDList, NDList> network = network(Map.of("timings", listener));
        for (int i = 0; i < 3; i++) {
            call(network, Map.of("latent", random(LATENT, i)));
        }
        network.close();

        assertThat(times).hasSize(3).allSatisfy(time -> assertThat(time).isPositive());
    }

    @Test
    void half_precision_arrays_go_there_and_back() {
        NDArray array =
                manager.create(ShortBuffer.wrap(new short[] {0x3c00, (short) 0xc100}), new Shape(2), DataType.FLOAT16);

        assertThat(array.toFloatArray()).containsExactly(1, -2.5f);
    }

    private Predictor<NDList, NDList> network(Map<String, ?> options) throws Exception {
        return predictor("network", options, "latent");
    }

    private Predictor<NDList, NDList> update(Map<String, ?> options) throws Exception {
        return predictor("update", options, "latent", "prediction");
    }

    private Predictor<NDList, NDList> predictor(String graph, Map<String, ?> options, String... dynamic)
            throws Exception {
        Map<String, Object> all = new HashMap<>(options);
        for (String input : dynamic) {
            all.put("profile." + input, PROFILE);
        }
        return opened(model(graph, all).newPredictor(new NoopTranslator()));
    }

    private TensorRtModel model(String graph, Map<String, ?> options) throws Exception {
        return opened(load(graph, options));
    }

    private static TensorRtModel load(String graph, Map<String, ?> options)
            throws IOException, MalformedModelException {
        Map<String, Object> all = new HashMap<>(options);
        all.putIfAbsent("planCache", plans.toString());
        Model model = Model.newInstance(graph, "TensorRT");
        model.load(GRAPHS, graph, all);
        return (TensorRtModel) model;
    }

    private <C extends AutoCloseable> C opened(C opened) {
        open.add(opened);
        return opened;
    }

    private NDArray array(String name, float[] values, Shape shape) {
        NDArray array = manager.create(values, shape);
        array.setName(name);
        return array;
    }

    private float[] call(Predictor<NDList, NDList> predictor, Map<String, float[]> inputs) throws TranslateException {
        NDList list = new NDList();
        inputs.forEach((name, values) -> list.add(array(name, values, shape(values))));
        return predictor.predict(list).singletonOrThrow().toFloatArray();
    }

    private static float[] reference(String graph, Map<String, float[]> inputs) throws Exception {
        try (Model model = Model.newInstance(graph, "OnnxRuntime")) {
            model.load(GRAPHS, graph);
            try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
                    NDManager host = Engine.getEngine("OnnxRuntime").newBaseManager()) {
                NDList list = new NDList();
                for (String name : model.getBlock().describeInput().keys()) {
                    NDArray array = host.create(inputs.get(name), shape(inputs.get(name)));
                    array.setName(name);
                    list.add(array);
                }
                return predictor.predict(list).singletonOrThrow().toFloatArray();
            }
        }
    }

    private static Shape shape(float[] values) {
        return values.length == 1 ? new Shape(1) : new Shape(values.length / 256, 4, 8, 8);
    }

    private static float[] random(Shape shape, long seed) {
        Random random = new Random(seed);
        float[] values = new float[Math.toIntExact(shape.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    private static Map<Path, byte[]> plans(Path cache) throws IOException {
        Map<Path, byte[]> plans = new HashMap<>();
        try (var files = Files.list(cache)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".plan")).toList()) {
                plans.put(file, Files.readAllBytes(file));
            }
        }
        return plans;
    }

    /** Counts builds and what they show. */
    private static final class Builds implements Progress {

        private int started;
        private int steps;

        @Override
        public void reset(String message, long max, String trailing) {}

        @Override
        public void start(long initial) {
            started++;
        }

        @Override
        public void end() {}

        @Override
        public void increment(long increment) {}

        @Override
        public void update(long progress, String message) {
            steps++;
        }
    }

    private static void assertClose(float[] found, float[] expected, float bound) {
        assertThat(found).hasSameSizeAs(expected).containsExactly(expected, within(bound));
    }
}
