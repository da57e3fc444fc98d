package io.longtake.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One of the graphs between two calls of a network: guidance, sampler and given frames, on the device. They come with this
 * class and fit every model; {@code models/longtake_models/update.py} says what they hold, and writes them.
 */
final class StepGraph implements AutoCloseable {

    /** Rows of the least, the usual and the longest sampling: one graph for any number of steps. */
    private static final String TABLE = "2x8/13x8/1001x8";

    private static final Set<String> AT_START = Set.of("noise", "weights", "known", "given");
    private static final Set<String> AT_UPDATE = Set.of("state", "before", "out", "weights", "known", "noise", "given");

    private final String name;
    private final Model model;
    private final Set<String> inputs;
    private final Predictor<NDList, NDList> predictor;

    private StepGraph(String name, Model model) {
        this.name = name;
        this.model = model;
        this.inputs = Set.copyOf(model.getBlock().describeInput().keys());
        this.predictor = model.newPredictor(new NoopTranslator());
    }

    /**
     * @param name start, start_held, update or update_held
     * @param shapes of its inputs, the table's aside, and perhaps of others: what an engine that compiles makes it for
     */
    static StepGraph open(String name, Device device, Map<String, int[]> shapes) {
        Model model = Model.newInstance(name, device.engine());
        try (SessionOptions options = SessionOptions.of(device, Map.of())) {
            load(model, name, options.with(told(name, shapes)));
            return new StepGraph(name, model);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new GraphException(name + ".onnx: " + device + " cannot load it", e);
        }
    }

    private static Map<String, Object> told(String name, Map<String, int[]> shapes) {
        Map<String, int[]> own = new TreeMap<>(shapes);
        own.keySet().retainAll(name.startsWith("start") ? AT_START : AT_UPDATE);
        if (name.equals("update")) {
            own.remove("noise");
        }
        Map<String, Object> told = new HashMap<>(EngineOptions.profile(List.of(own)));
        told.put("profile.table", TABLE);
        return told;
    }

    /** Engines load files, and this may be an entry of a jar. */
    private static void load(Model model, String name, Map<String, Object> options)
            throws IOException, MalformedModelException {
        Path folder = Files.createTempDirectory("longtake-step");
        Path file = folder.resolve(name + ".onnx");
        try (InputStream resource = StepGraph.class.getResourceAsStream(name + ".onnx")) {
            Files.copy(resource, file);
            model.load(folder, name, options);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    /**
     * One call; its outputs stay on the device and go with the arrays' manager.
     *
     * @param arrays by name; those that the graph has no input for are left out
     */
    NDList run(Iterable<NDArray> arrays) {
        NDList taken = new NDList();
        for (NDArray array : arrays) {
            if (inputs.contains(array.getName())) {
                taken.add(array);
            }
        }
        try {
            return predictor.predict(taken);
        } catch (TranslateException | EngineException e) {
            throw new GraphException(name + ".onnx cannot be run", e);
        }
    }

    @Override
    public void close() {
        predictor.close();
        model.close();
    }
}
