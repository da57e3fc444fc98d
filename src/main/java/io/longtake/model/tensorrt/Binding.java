package io.longtake.model.tensorrt;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;

/**
 * An input or output of a compiled graph.
 *
 * @param shape sizes are -1 if the caller chooses
 * @param profiles of an input: which sizes each optimisation profile takes
 */
record Binding(String name, DataType type, Shape shape, List<ShapeRange> profiles) {

    Binding {
        profiles = List.copyOf(profiles);
    }
}
