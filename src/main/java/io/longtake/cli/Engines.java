package io.longtake.cli;

/** Tells native libraries to keep to themselves, before any of them is loaded. */
final class Engines {

    private Engines() {}

    static void quiet() {
        // DJL calls home at start otherwise; the tokenizers' own engine would become the default one
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.default_engine", "OnnxRuntime");
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
        // netty and JNA look for terminals and natives that nobody asked for
        System.setProperty("org.jline.terminal.dumb", "true");
    }
}
