package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;

/**
 * What the engine asks of a machine. Must be asked before any call of TensorRT: without a device its runtime is a pointer
 * to nowhere, and its builder ends the process.
 */
final class Requirements {

    /** Turing: the oldest that TensorRT 10.6 has kernels for. */
    private static final int OLDEST_MAJOR = 7;

    private static final int OLDEST_MINOR = 5;

    private Requirements() {}

    /**
     * @return how many devices there are
     * @throws EngineException if there is no driver, an old one, or no device
     */
    static int devices(Cuda cuda) {
        int driver = cuda.driverVersion();
        if (driver == 0) {
            throw noDriver(null);
        }
        int runtime = cuda.runtimeVersion();
        // Within a major version any driver runs any runtime (CUDA's minor version compatibility).
        if (driver / 1000 < runtime / 1000) {
            throw new EngineException("the NVIDIA driver is too old: it supports CUDA " + version(driver)
                    + ", found runtime " + version(runtime) + ". Install a driver of CUDA " + runtime / 1000
                    + ".0 or newer (for CUDA 12: 525 or newer)");
        }
        int devices = cuda.devices();
        if (devices == 0) {
            throw noDevice();
        }
        return devices;
    }

    /** @throws EngineException if the GPU is older than TensorRT's kernels */
    static Gpu supported(Gpu gpu) {
        if (!gpu.isAtLeast(OLDEST_MAJOR, OLDEST_MINOR)) {
            throw new EngineException("GPU " + gpu.device() + " is too old: " + gpu
                    + "; TensorRT 10 needs compute capability " + OLDEST_MAJOR + "." + OLDEST_MINOR
                    + " or newer (Turing, 2018). Choose another with CUDA_VISIBLE_DEVICES, or run on the CPU:"
                    + " engine OnnxRuntime");
        }
        return gpu;
    }

    static EngineException noDriver(Throwable cause) {
        return new EngineException(
                "no CUDA driver: libcuda.so.1 is not on this machine. Install the NVIDIA driver (525 or newer); in a"
                        + " container, start it with --gpus all",
                cause);
    }

    static EngineException noDevice() {
        return new EngineException("no CUDA device: the NVIDIA driver shows none. See whether nvidia-smi lists one,"
                + " whether CUDA_VISIBLE_DEVICES hides it, and whether the container was started with --gpus all");
    }

    private static String version(int cuda) {
        return cuda / 1000 + "." + cuda % 1000 / 10;
    }
}
