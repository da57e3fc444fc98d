package io.longtake.model;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Map;

/** How an engine loads a graph. */
final class SessionOptions implements AutoCloseable {

    /**
     * Threads of one call, whatever the machine has: sums fall into as many parts as there are threads, so another number is
     * another last bit.
     */
    private static final int THREADS = 2;

    private final OrtSession.SessionOptions onnx;

    private SessionOptions(OrtSession.SessionOptions onnx) {
        this.onnx = onnx;
    }

    static SessionOptions of(Device device) {
        if (!device.engine().equals("OnnxRuntime")) {
            return new SessionOptions(null);
        }
        try {
            OrtSession.SessionOptions onnx = new OrtSession.SessionOptions();
            onnx.setIntraOpNumThreads(THREADS);
            onnx.setInterOpNumThreads(1);
            // Waiting threads sleep: spinning ones take the cores from the encoder and the broker.
            onnx.addConfigEntry("session.intra_op.allow_spinning", "0");
            return new SessionOptions(onnx);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime refuses its options", e);
        }
    }

    /** As DJL takes them; an engine other than ONNX Runtime takes {@code others} instead. */
    Map<String, Object> with(Map<String, Object> others) {
        return onnx == null ? others : Map.of("sessionOptions", onnx);
    }

    @Override
    public void close() {
        if (onnx != null) {
            onnx.close();
        }
    }
}
