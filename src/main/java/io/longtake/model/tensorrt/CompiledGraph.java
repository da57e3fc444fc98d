package io.longtake.model.tensorrt;

import java.nio.Buffer;
import java.util.List;
import java.util.Map;

/** A graph on a device: kernels and weights, shared by all who execute it. */
interface CompiledGraph extends AutoCloseable {

    List<Binding> inputs();

    List<Binding> outputs();

    /** Bytes that an execution needs for what lies between input and output; executions that take turns may share them. */
    long scratchBytes();

    /**
     * @param profile index into {@link Binding#profiles}
     * @param stream where the first calls go
     */
    Execution newExecution(int profile, Cuda.Stream stream);

    /** Names of the weights that may be replaced; empty for a graph compiled without {@code refit}. */
    List<String> refittable();

    /**
     * Replaces weights by name; nothing may execute the graph meanwhile.
     *
     * @param weights in the order of the ONNX file: floats, converted to the weight's own type, or bytes of that type
     * @throws IllegalArgumentException if a name is not among {@link #refittable}, or a length is not the weight's
     */
    void refit(Map<String, Buffer> weights);

    @Override
    void close();
}
