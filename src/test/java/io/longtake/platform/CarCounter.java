package io.longtake.platform;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.longtake.tensor.Frames;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;

/**
 * Counts the cars of a frame: a small network trained on rendered frames, whose car boxes are known. Its own error on
 * held-out frames stands in the JSON file beside it.
 */
final class CarCounter implements AutoCloseable {

    private static final Path GRAPH = Path.of("src/test/resources/instruments/car-counter.onnx");
    private static final int HEIGHT = 64;
    private static final int WIDTH = 128;

    private final OrtSession session;

    private CarCounter(OrtSession session) {
        this.session = session;
    }

    static CarCounter open() {
        try {
            return new CarCounter(OrtEnvironment.getEnvironment().createSession(GRAPH.toString()));
        } catch (OrtException e) {
            throw new AssertionError("cannot open " + GRAPH, e);
        }
    }

    /** The expected number of cars in a frame of any multiple of 128x64. */
    double cars(Frames frame) {
        long[] shape = {1, 3, HEIGHT, WIDTH};
        try (OnnxTensor input = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(), FloatBuffer.wrap(small(frame)), shape);
                OrtSession.Result result = session.run(Map.of("frames", input))) {
            return ((float[]) result.get("cars").orElseThrow().getValue())[0];
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }

    /** Means of square areas, to (3, 64, 128) in [-1, 1]. */
    private static float[] small(Frames frame) {
        int factor = frame.height() / HEIGHT;
        float[] out = new float[3 * HEIGHT * WIDTH];
        for (int y = 0; y < HEIGHT * factor; y++) {
            for (int x = 0; x < WIDTH * factor; x++) {
                for (int c = 0; c < 3; c++) {
                    int value = frame.rgb()[(y * frame.width() + x) * 3 + c] & 0xff;
                    out[(c * HEIGHT + y / factor) * WIDTH + x / factor] += value / 127.5f / (factor * factor);
                }
            }
        }
        for (int i = 0; i < out.length; i++) {
            out[i] -= 1;
        }
        return out;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new AssertionError(e);
        }
    }
}
