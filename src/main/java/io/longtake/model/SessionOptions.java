package io.longtake.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.HashMap;
import java.util.Map;

/** How an engine loads a graph. */
final class SessionOptions implements AutoCloseable {

    /**
     * Threads of one call, whatever the machine has: sums fall into as many parts as there are threads, so another number is
     * another last bit. Two calls of one thread do in 60 % of the time what two calls of two threads do one after the other.
     */
    private static final int THREADS = 1;

    private final OrtSession.SessionOptions onnx;

    private SessionOptions(OrtSession.SessionOptions onnx) {
        this.onnx = onnx;
    }

    /** @param told {@link EngineOptions#THREADS} is for benchmarks; nothing else is for ONNX Runtime */
    static SessionOptions of(Device device, Map<String, Object> told) {
        if (!device.isReference()) {
            return new SessionOptions(null);
        }
        try {
            OrtSession.SessionOptions onnx = new OrtSession.SessionOptions();
            OnnxFolder.removeEmpty();
            onnx.setIntraOpNumThreads((Integer) told.getOrDefault(EngineOptions.THREADS, THREADS));
            onnx.setInterOpNumThreads(1);
            // Waiting threads sleep: spinning ones take the cores from the encoder and the broker.
            onnx.addConfigEntry("session.intra_op.allow_spinning", "0");
            return new SessionOptions(onnx);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses its options", e);
        }
    }

    /**
     * As DJL takes them.
     *
     * @param told what an engine that compiles is told beside where its plans lie, and may be told otherwise; ONNX Runtime is told
     *     nothing
     */
    Map<String, Object> with(Map<String, Object> told) {
        if (onnx != null) {
            return Map.of("sessionOptions", onnx);
        }
        Map<String, Object> all = new HashMap<>();
        all.put(
                "planCache",
                System.getProperty("longtake.plans", System.getProperty("user.home") + "/.longtake/plans"));
        // A step of a small network is a hundred kernels of microseconds: launching them one by one would take longer.
        all.put("cudaGraphs", System.getProperty("longtake.cudaGraphs", "true"));
        all.putAll(told);
        return all;
    }

    @Override
    public void close() {
        if (onnx != null) {
            onnx.close();
        }
    }
}
