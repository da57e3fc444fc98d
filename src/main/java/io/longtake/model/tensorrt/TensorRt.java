package io.longtake.model.tensorrt;

import java.nio.file.Path;

/**
 * What the engine needs of TensorRT. Nothing of it may be called before {@link Requirements} are met. Whatever fails
 * throws an {@link ai.djl.engine.EngineException} that holds TensorRT's own message, and is an
 * {@link OutOfDeviceMemoryException} if that says so.
 */
interface TensorRt {

    /** Of the library that is loaded, not of the one that this was compiled against. */
    String version();

    /**
     * Compiles a graph for a device; takes seconds to minutes, with the device to itself.
     *
     * @throws ai.djl.engine.EngineException with the parser's messages where it cannot read the graph
     */
    void build(BuildOrder order, BuildListener listener);

    /**
     * Loads a compiled graph onto a device, its weights with it.
     *
     * @param bytes length of the plan, which begins the file
     * @throws ai.djl.engine.EngineException if it was compiled for another GPU or version
     */
    CompiledGraph load(int device, Path file, long bytes);
}
