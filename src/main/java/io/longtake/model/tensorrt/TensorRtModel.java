package io.longtake.model.tensorrt;

import ai.djl.BaseModel;
import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.types.DataType;
import ai.djl.translate.Translator;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model of one graph: an {@code .onnx} file, compiled once for each kind of GPU and kept, or a {@code .plan} that was
 * compiled elsewhere for this very kind. Many predictors may share it; each may be used by one thread at a time.
 */
public final class TensorRtModel extends BaseModel {

    private final TensorRtEngine engine;
    private SharedGraph graph;

    TensorRtModel(String name, DeviceArrays arrays, TensorRtEngine engine) {
        super(name);
        this.engine = engine;
        this.manager = arrays;
        this.dataType = DataType.FLOAT32;
        arrays.setName("tensorrtModel");
    }

    /**
     * Loads a graph onto the model's device, compiling it if no plan is kept: minutes, for a large one.
     *
     * @param path the directory, or the file itself
     * @param prefix the file's name, its extension may be left out; null: the model's name
     * @param options see {@link LoadOptions}; null for none
     * @throws IllegalArgumentException if an option is unknown or wrong
     * @throws ai.djl.engine.EngineException if TensorRT cannot read, compile or load it
     */
    @Override
    public void load(Path path, String prefix, Map<String, ?> options) throws IOException {
        if (graph != null) {
            throw new IllegalStateException("model " + modelName + " is loaded; make another to load another graph");
        }
        LoadOptions parsed = LoadOptions.parse(options);
        Path file = find(path, prefix == null ? modelName : prefix);
        setModelDir(file.toAbsolutePath().getParent());
        Gpu gpu = engine.gpu(getNDManager().getDevice());
        CompiledGraph compiled = engine.compiler(parsed, modelDir).open(file, gpu);
        graph = new SharedGraph(compiled, engine.cuda(), gpu.device(), parsed);
        block = new TensorRtBlock(graph, (DeviceArrays) manager);
        wasLoaded = true;
    }

    private static Path find(Path path, String prefix) throws FileNotFoundException {
        if (Files.isRegularFile(path)) {
            return path;
        }
        List<Path> candidates =
                List.of(path.resolve(prefix), path.resolve(prefix + ".onnx"), path.resolve(prefix + ".plan"));
        return candidates.stream()
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException(prefix + "(.onnx|.plan) is not in " + path));
    }

    @Override
    public <I, O> Predictor<I, O> newPredictor(Translator<I, O> translator, Device device) {
        if (!device.equals(manager.getDevice())) {
            throw new IllegalArgumentException("model " + modelName + " is on " + manager.getDevice()
                    + "; a predictor on " + device + " needs the model loaded there");
        }
        return new LanePredictor<>(this, loaded(), translator, device);
    }

    /** Names of the weights that {@link #refit} may replace. */
    public List<String> refittable() {
        return loaded().compiled().refittable();
    }

    /**
     * Replaces weights on the device, for all predictors, from their next call on; waits for the device's work.
     *
     * @param weights by their names in the ONNX file: {@code float[]} or FloatBuffer, converted to the weight's type, or
     *     ByteBuffer of that type
     * @throws IllegalArgumentException naming the weights that option {@code refit} did not name when the graph was compiled
     */
    public void refit(Map<String, ?> weights) {
        Map<String, Buffer> buffers = new TreeMap<>();
        weights.forEach((name, values) -> buffers.put(name, buffer(name, values)));
        loaded().refit(buffers);
    }

    private static Buffer buffer(String name, Object values) {
        if (values instanceof float[] floats) {
            return FloatBuffer.wrap(floats);
        }
        if (values instanceof Buffer buffer) {
            return buffer;
        }
        throw new IllegalArgumentException("weights '" + name + "' must be float[] or a buffer, found " + values);
    }

    private SharedGraph loaded() {
        if (graph == null) {
            throw new IllegalStateException("model " + modelName + " is not loaded");
        }
        return graph;
    }

    @Override
    public void close() {
        try (Closer closer = new Closer()) {
            closer.add(super::close);
            if (graph != null) {
                closer.add(graph::close);
            }
        }
    }
}
