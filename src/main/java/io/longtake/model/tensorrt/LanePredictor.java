package io.longtake.model.tensorrt;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.translate.Translator;

/** A predictor with a lane and executions of its own, over weights that all of the model's share. */
final class LanePredictor<I, O> extends Predictor<I, O> {

    private final TensorRtBlock own;

    LanePredictor(Model model, SharedGraph graph, Translator<I, O> translator, Device device) {
        super(model, translator, device, false);
        manager.close();
        DeviceArrays arrays = ((DeviceArrays) model.getNDManager()).newLane(device);
        arrays.setName("predictor");
        own = new TensorRtBlock(graph, arrays);
        manager = arrays;
        block = own;
    }

    @Override
    public void close() {
        try (Closer closer = new Closer()) {
            closer.add(super::close).add(own::close);
        }
    }
}
