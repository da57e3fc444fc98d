package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import java.util.Set;

/** What a CUDA error code means to the caller. Codes are those of {@code cudaError_t}; they never change. */
final class CudaFailure {

    static final int OUT_OF_MEMORY = 2;
    static final int INSUFFICIENT_DRIVER = 35;
    static final int NO_DEVICE = 100;
    static final int NOT_READY = 600;

    /**
     * After one of these, CUDA answers every call of the process with it: unavailable device, broken memory (ECC, NVLink,
     * contained or not), a fault of a kernel (illegal address or instruction, time-out, assertion), unknown.
     */
    private static final Set<Integer> STICKY =
            Set.of(46, 214, 219, 220, 226, 700, 702, 710, 714, 715, 716, 717, 718, 719, 721, 999);

    private CudaFailure() {}

    /**
     * @param name as {@code cudaGetErrorName} has it
     * @param what the call that failed, with its sizes
     */
    static EngineException of(int code, String name, String description, String what) {
        String error = "CUDA: " + what + " failed: " + name + " (" + code + "): " + description;
        if (code == OUT_OF_MEMORY) {
            return new OutOfDeviceMemoryException(
                    error + ". Make the batch or the picture smaller, or close other models");
        }
        if (STICKY.contains(code)) {
            return new DeviceLostException(error
                    + ". The device is lost to this process: restart it, and if it happens again look for Xid errors in"
                    + " the kernel's log (dmesg)");
        }
        return new EngineException(error);
    }

    /** Whether a message of TensorRT says that device memory ran out; it has no error code for it. */
    static boolean saysOutOfMemory(String message) {
        return message.contains("out of memory") || message.contains("OutOfMemory");
    }
}
