package io.longtake.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.longtake.tensor.Tensor;
import java.util.Arrays;

/** What tensors of the host and arrays of a device say of themselves to each other. */
final class Transfer {

    private Transfer() {}

    static Shape shape(Tensor tensor) {
        return new Shape(Arrays.stream(tensor.shape()).asLongStream().toArray());
    }

    /** A copy on the host; waits for the device. */
    static Tensor tensor(NDArray array) {
        int[] shape = Arrays.stream(array.getShape().getShape())
                .mapToInt(Math::toIntExact)
                .toArray();
        return new Tensor(shape, array.toFloatArray());
    }

    /** The same array under a name, by which graphs take their inputs. */
    static NDArray named(String name, NDArray array) {
        array.setName(name);
        return array;
    }
}
