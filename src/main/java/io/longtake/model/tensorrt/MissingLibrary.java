package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import java.util.List;

/** What a library that could not be loaded means for whoever runs the engine. */
final class MissingLibrary {

    private static final String WAYS =
            "Build with the Maven profile gpu, which brings them (1.5 GB), or with gpu-host on a"
                    + " machine that has TensorRT 10 and the CUDA 12 runtime in LD_LIBRARY_PATH (docs/gpu.md)";

    private MissingLibrary() {}

    /** @return an exception whose message says what is missing and how to get it */
    static EngineException explain(LinkageError error) {
        String reason = reason(error);
        if (reason.contains("libcuda.so")) {
            return Requirements.noDriver(error);
        }
        if (reason.contains("executable stack")) {
            return new EngineException(
                    "this system refuses TensorRT 10.6: " + reason
                            + ". Its library asks for an executable stack, which glibc 2.41 and newer do not grant: use Debian 12,"
                            + " Ubuntu 22.04 or 24.04",
                    error);
        }
        for (String library :
                List.of("libcudart.so.12", "libnvinfer.so.10", "libnvonnxparser.so.10", "libnvinfer_plugin.so.10")) {
            if (reason.contains(library)) {
                return new EngineException(
                        library + " is neither on the class path nor in LD_LIBRARY_PATH. " + WAYS, error);
            }
        }
        return new EngineException(
                "the libraries of TensorRT are not on the class path (" + reason + "). " + WAYS, error);
    }

    /** Of the first cause. The engine stands apart, so it finds that for itself and not by what the rest of the house has for it. */
    private static String reason(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.toString() : root.getMessage();
    }
}
