package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;

/** Failures of a GPU, as its engine throws them. */
public final class DeviceFailures {

    private DeviceFailures() {}

    public static EngineException outOfMemory() {
        return CudaFailure.of(
                CudaFailure.OUT_OF_MEMORY, "cudaErrorMemoryAllocation", "out of memory", "cudaMallocAsync of 8 bytes");
    }
}
