package io.longtake.model.tensorrt;

/** How JavaCPP, which the presets are made with, behaves. */
final class JavaCppLoading {

    private static final String LOGGER = "org.bytedeco.javacpp.logger";

    private JavaCppLoading() {}

    /**
     * The presets of CUDA 12.6 and TensorRT 10.6 were made with JavaCPP 1.5.11, which runs under 1.5.12: both were tried. JavaCPP
     * warns of it on the terminal all the same; here it goes to the log, where it can be turned off by its name. Must be called
     * before anything of JavaCPP is used.
     */
    static void quietly() {
        if (System.getProperty(LOGGER) == null) {
            System.setProperty(LOGGER, "slf4j");
        }
    }
}
