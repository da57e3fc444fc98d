package io.longtake.model.tensorrt;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractSymbolBlock;
import ai.djl.nn.ParameterList;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/** DJL's view of a compiled graph. Each predictor has one of its own; that of the model is called on the model's lane. */
final class TensorRtBlock extends AbstractSymbolBlock implements AutoCloseable {

    private final SharedGraph graph;
    private final DeviceArrays arrays;
    private Session session;

    TensorRtBlock(SharedGraph graph, DeviceArrays arrays) {
        this.graph = graph;
        this.arrays = arrays;
    }

    @Override
    protected NDList forwardInternal(
            ParameterStore parameters, NDList inputs, boolean training, PairList<String, Object> options) {
        NDList outputs = session().forward(inputs);
        if (!inputs.isEmpty()) {
            // As DJL's engines do: outputs live as long as inputs would have.
            outputs.attach(inputs.head().getManager());
        }
        return outputs;
    }

    private synchronized Session session() {
        if (session == null) {
            session = graph.newSession(arrays);
        }
        return session;
    }

    @Override
    public PairList<String, Shape> describeInput() {
        return described(graph.compiled().inputs());
    }

    @Override
    public PairList<String, Shape> describeOutput() {
        return described(graph.compiled().outputs());
    }

    private static PairList<String, Shape> described(List<Binding> bindings) {
        PairList<String, Shape> described = new PairList<>();
        bindings.forEach(binding -> described.add(binding.name(), binding.shape()));
        return described;
    }

    @Override
    public ParameterList getDirectParameters() {
        throw new UnsupportedOperationException(
                "weights are compiled into the graph; TensorRtModel.refit replaces those that option refit names");
    }

    @Override
    public synchronized void close() {
        if (session != null) {
            session.close();
        }
    }
}
