package io.longtake.model;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One input or output of a graph.
 *
 * @param dtype float32 or int64
 * @param shape sizes of the axes; a number is fixed, a name ("B") stands for one size throughout a call
 */
public record TensorSpec(String dtype, List<Object> shape) {

    public TensorSpec {
        Rule.oneOf("dtype of a tensor", dtype, Set.of("float32", "int64"));
        Rule.present("shape of a tensor", shape);
        shape = List.copyOf(shape);
        for (Object axis : shape) {
            if (!(axis instanceof String || axis instanceof Integer n && n > 0)) {
                throw new ManifestException("an axis must be a positive number or a name, found " + axis);
            }
        }
    }

    /**
     * Whether a shape fits, given the sizes that names already stand for; binds the names that are new.
     *
     * @param bound name of an axis to its size in this call; extended here
     */
    boolean fits(int[] found, Map<String, Integer> bound) {
        if (found.length != shape.size()) {
            return false;
        }
        for (int a = 0; a < found.length; a++) {
            Object axis = shape.get(a);
            int size = found[a];
            int expected = axis instanceof Integer n ? n : bound.computeIfAbsent((String) axis, name -> size);
            if (size != expected) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return dtype + shape;
    }
}
