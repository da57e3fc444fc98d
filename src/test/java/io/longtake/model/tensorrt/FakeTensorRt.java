package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** TensorRT that compiles any graph to the sum of its inputs times a weight; see {@link FakeGraph}. */
final class FakeTensorRt implements TensorRt {

    final List<BuildOrder> builds = new ArrayList<>();
    final List<FakeGraph> graphs = new ArrayList<>();
    private final LazyCuda cuda;
    String version = "10.6.0";
    List<String> inputs = List.of("x");
    String range = "1x2/2x2/8x2";
    EngineException refusal;

    FakeTensorRt(LazyCuda cuda) {
        this.cuda = cuda;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public void build(BuildOrder order, BuildListener listener) {
        builds.add(order);
        listener.parsed(2);
        listener.timed("one");
        if (refusal != null) {
            throw refusal;
        }
        try {
            Files.writeString(order.plan(), "the plan of " + order.onnx().getFileName());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public CompiledGraph load(int device, Path file, long bytes) {
        if (refusal != null) {
            EngineException thrown = refusal;
            refusal = null;
            throw thrown;
        }
        FakeGraph graph = new FakeGraph(cuda, inputs, range);
        graphs.add(graph);
        return graph;
    }
}
