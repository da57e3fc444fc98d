package io.longtake.model;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.longtake.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** One ONNX graph, opened on a device. Many threads may call it; as many calls run at once as the device takes. */
public final class Graph implements AutoCloseable {

    private final GraphSpec spec;
    private final Device device;
    private final Model model;
    private final Predictors<GraphInputs, Map<String, Tensor>> predictors;

    private Graph(GraphSpec spec, Device device, Model model) {
        this.spec = spec;
        this.device = device;
        this.model = model;
        this.predictors = new Predictors<>(() -> model.newPredictor(new Call()));
    }

    /**
     * Opens a graph of a model at the precision of the device. If that is half, or the engine is not the one that the bounds are
     * measured against, it shows first that it gives the golden answer.
     *
     * @param more what an engine that compiles is told
     *
     * @throws GraphException if the engine cannot load it, its inputs are not those of the manifest, or its answer is another
     */
    static Graph open(StoredModel stored, GraphSpec spec, Device device, EngineOptions more) {
        Precision precision = device.precision(spec);
        if (spec.golden() == null || device.isReference() && precision == Precision.SINGLE) {
            return open(stored.folder(spec), spec.at(precision), device, more.of(spec));
        }
        TensorFile golden =
                TensorFile.read(stored.folder(spec).resolve(spec.golden().file()));
        // An engine that compiles for certain sizes only must know those of the golden input too.
        Map<String, Object> told = EngineOptions.alsoFor(golden.shapes(), more.of(spec));
        Graph graph = open(stored.folder(spec), spec.at(precision), device, told);
        try {
            new GoldenRun(graph, golden).check();
            return graph;
        } catch (GraphException | ModelFileException e) {
            graph.close();
            throw e;
        }
    }

    private static Graph open(Path folder, GraphSpec spec, Device device, Map<String, Object> told) {
        String name = spec.file().replaceFirst("\\.onnx$", "");
        Model model = Model.newInstance(name, device.engine());
        try (SessionOptions options = SessionOptions.of(device, told)) {
            model.load(folder, name, options.with(told));
            Contract.names(spec, new HashSet<>(model.getBlock().describeInput().keys()));
            return new Graph(spec, device, model);
        } catch (IOException | MalformedModelException | EngineException e) {
            model.close();
            throw new GraphException(spec.file() + ": " + device + " cannot load it", e);
        } catch (GraphException e) {
            model.close();
            throw e;
        }
    }

    /** The graph as it was opened: file and bounds are those of its precision. */
    public GraphSpec spec() {
        return spec;
    }

    Device device() {
        return device;
    }

    /**
     * One call: named inputs, named outputs, shapes as the manifest has them.
     *
     * @throws GraphException if a shape is not the manifest's, or the engine fails
     */
    public Map<String, Tensor> run(Map<String, Tensor> inputs) {
        return run(new GraphInputs(inputs, Map.of()));
    }

    Map<String, Tensor> run(GraphInputs feed) {
        Contract contract = new Contract(spec);
        contract.inputs(feed.shapes());
        Map<String, Tensor> outputs = device.call(() -> predict(feed));
        Map<String, int[]> shapes = new LinkedHashMap<>();
        outputs.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        contract.outputs(shapes);
        return outputs;
    }

    private Map<String, Tensor> predict(GraphInputs feed) {
        try {
            return predictors.predict(feed);
        } catch (TranslateException | EngineException e) {
            throw new GraphException(spec.file() + ": " + device + " cannot run it", e);
        }
    }

    /** For calls whose arrays stay on the device; the caller's to close, before this graph. */
    Predictor<NDList, NDList> newPredictor() {
        return model.newPredictor(new NoopTranslator());
    }

    /** Of arrays on this graph's device. */
    NDManager newManager() {
        return model.getNDManager().newSubManager();
    }

    @Override
    public void close() {
        device.alone(() -> {
            predictors.close();
            model.close();
            return null;
        });
    }
}
