package io.longtake.model.tensorrt;

import ai.djl.ndarray.types.Shape;

/** One caller's state of a graph: shapes and addresses. Not for several threads. */
interface Execution extends AutoCloseable {

    /** Must outlive all work that was put into streams. */
    void scratch(Cuda.Memory memory);

    void input(String name, Shape shape, Cuda.Memory memory);

    /** The shape that follows from the inputs; a size is -1 if it depends on their values. */
    Shape output(String name);

    void output(String name, Cuda.Memory memory);

    /** Puts the work into a stream and returns. */
    void enqueue(Cuda.Stream stream);

    @Override
    void close();
}
