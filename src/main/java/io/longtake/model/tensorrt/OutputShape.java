package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** The shape that an output will have. */
final class OutputShape {

    private OutputShape() {}

    /** @throws EngineException if it depends on what the inputs hold, and so is not known before the call */
    static Shape of(Execution execution, Binding output) {
        Shape shape = execution.output(output.name());
        if (Arrays.stream(shape.getShape()).anyMatch(size -> size < 0)) {
            throw new EngineException("output '" + output.name() + "' has sizes " + shape
                    + " that depend on the values of the inputs; the engine runs graphs whose sizes follow from sizes");
        }
        return shape;
    }
}
