package io.longtake.model.tensorrt;

import ai.djl.Device;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The engine over {@link LazyCuda} and {@link FakeTensorRt}, used as DJL's users use one. */
final class FakeMachine {

    final LazyCuda cuda = new LazyCuda();
    final FakeTensorRt tensorRt = new FakeTensorRt(cuda);
    final TensorRtEngine engine = new TensorRtEngine(cuda, tensorRt);
    private final Path directory;

    FakeMachine(Path directory) {
        this.directory = directory;
    }

    TensorRtModel model(Map<String, ?> options) {
        return model(options, Device.gpu(0));
    }

    TensorRtModel model(Map<String, ?> options, Device device) {
        try {
            Path onnx = directory.resolve("net.onnx");
            if (Files.notExists(onnx)) {
                Files.write(onnx, OnnxBytes.model("w"));
            }
            TensorRtModel model = engine.newModel("net", device);
            model.load(directory, "net", options);
            return model;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Predictor<NDList, NDList> predictor(TensorRtModel model) {
        return model.newPredictor(new NoopTranslator());
    }

    static NDArray array(NDManager manager, String name, float... values) {
        NDArray array = manager.create(values, new Shape(values.length / 2, 2));
        array.setName(name);
        return array;
    }

    static NDArray call(Predictor<NDList, NDList> predictor, NDArray... inputs) {
        try {
            return predictor.predict(new NDList(inputs)).singletonOrThrow();
        } catch (TranslateException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        }
    }
}
