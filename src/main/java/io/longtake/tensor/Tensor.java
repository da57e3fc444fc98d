package io.longtake.tensor;

import java.util.Arrays;

/**
 * A dense float tensor, row major. The array is shared, never copied: whoever makes a tensor gives its data away.
 *
 * @param shape sizes of the axes, each at least 1
 * @param data as many floats as the shape holds
 */
public record Tensor(int[] shape, float[] data) implements Content {

    public Tensor {
        if (elements(shape) != data.length) {
            throw new IllegalArgumentException("tensor of shape " + Arrays.toString(shape) + " holds " + elements(shape)
                    + " floats, got " + data.length);
        }
    }

    public static Tensor zeros(int... shape) {
        return new Tensor(shape, new float[Math.toIntExact(elements(shape))]);
    }

    public static Tensor filled(float value, int... shape) {
        Tensor tensor = zeros(shape);
        Arrays.fill(tensor.data, value);
        return tensor;
    }

    /** Number of elements of a shape; refuses axes below 1 and anything over 2^31-1. */
    public static long elements(int... shape) {
        long n = 1;
        for (int axis : shape) {
            if (axis < 1) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has an axis below 1");
            }
            n = Math.multiplyExact(n, (long) axis);
            if (n > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " exceeds 2^31-1 elements");
            }
        }
        return n;
    }

    public int size(int axis) {
        return shape[axis];
    }

    public int rank() {
        return shape.length;
    }

    /** The same data under another shape. */
    public Tensor reshape(int... other) {
        return new Tensor(other, data);
    }

    public Tensor copy() {
        return new Tensor(shape.clone(), data.clone());
    }

    /** Elements {@code from} to {@code to} (exclusive) of an axis, as a copy. */
    public Tensor slice(int axis, int from, int to) {
        if (from < 0 || to > shape[axis] || from >= to) {
            throw new IllegalArgumentException(
                    "slice " + from + ".." + to + " of axis " + axis + " of shape " + Arrays.toString(shape));
        }
        int[] sliced = shape.clone();
        sliced[axis] = to - from;
        Tensor out = zeros(sliced);
        int inner = inner(axis);
        int outer = data.length / (inner * shape[axis]);
        for (int o = 0; o < outer; o++) {
            System.arraycopy(
                    data, (o * shape[axis] + from) * inner, out.data, o * (to - from) * inner, (to - from) * inner);
        }
        return out;
    }

    /** Tensors of equal shape but for one axis, one after the other along it. */
    public static Tensor concat(int axis, Tensor... parts) {
        int[] shape = parts[0].shape.clone();
        shape[axis] = 0;
        for (Tensor part : parts) {
            for (int a = 0; a < shape.length; a++) {
                if (a != axis && part.shape[a] != shape[a]) {
                    throw new IllegalArgumentException("cannot concatenate " + Arrays.toString(part.shape) + " to "
                            + Arrays.toString(parts[0].shape) + " along axis " + axis);
                }
            }
            shape[axis] += part.shape[axis];
        }
        Tensor out = zeros(shape);
        int at = 0;
        for (Tensor part : parts) {
            out.put(axis, at, part);
            at += part.shape[axis];
        }
        return out;
    }

    /** Writes a part into this tensor, starting at an index of an axis; the other axes agree. */
    public void put(int axis, int from, Tensor part) {
        int inner = inner(axis);
        int outer = data.length / (inner * shape[axis]);
        int run = part.shape[axis] * inner;
        if (part.rank() != rank()
                || part.data.length != outer * run
                || from < 0
                || from + part.shape[axis] > shape[axis]) {
            throw new IllegalArgumentException("cannot put " + Arrays.toString(part.shape) + " at " + from + " of axis "
                    + axis + " of " + Arrays.toString(shape));
        }
        for (int o = 0; o < outer; o++) {
            System.arraycopy(part.data, o * run, data, (o * shape[axis] + from) * inner, run);
        }
    }

    private int inner(int axis) {
        int inner = 1;
        for (int a = axis + 1; a < shape.length; a++) {
            inner *= shape[a];
        }
        return inner;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor t && Arrays.equals(shape, t.shape) && Arrays.equals(data, t.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
