package io.longtake.model;

import io.longtake.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The inputs of one call of a graph, by tensor name.
 *
 * @param floats tensors of floats
 * @param tokens one sequence of token ids each, (1, L)
 */
record GraphInputs(Map<String, Tensor> floats, Map<String, long[]> tokens) {

    /** Shapes of all inputs. */
    Map<String, int[]> shapes() {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        floats.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        tokens.forEach((name, ids) -> shapes.put(name, new int[] {1, ids.length}));
        return shapes;
    }
}
