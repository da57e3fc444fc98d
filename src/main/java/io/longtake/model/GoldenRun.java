package io.longtake.model;

import io.longtake.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** One run of a graph over its golden input: an engine that does not give the network's answer is not let near a video. */
final class GoldenRun {

    private static final String REMEDY = "try setting longtake.precision=single or engine OnnxRuntime;"
            + " where those agree, the engine, its driver or its cached plan is at fault";

    private final Graph graph;
    private final TensorFile golden;

    /**
     * @param graph opened, at the precision that it is checked for
     * @param golden the tensors of {@link GraphSpec#golden}
     */
    GoldenRun(Graph graph, TensorFile golden) {
        this.graph = graph;
        this.golden = golden;
    }

    /**
     * Runs and compares.
     *
     * @throws GraphException if an output is not finite, or further from the network's than the bounds allow
     */
    void check() {
        graph.run(feed()).forEach(this::compare);
    }

    private GraphInputs feed() {
        Map<String, Tensor> floats = new HashMap<>();
        Map<String, long[]> tokens = new HashMap<>();
        graph.spec().inputs().forEach((name, spec) -> {
            Tensor tensor = tensor(name);
            if (spec.dtype().equals("int64")) {
                // Whole numbers below 2^24, which a float holds exactly.
                long[] ids = new long[tensor.data().length];
                Arrays.setAll(ids, i -> (long) tensor.data()[i]);
                tokens.put(name, ids);
            } else {
                floats.put(name, tensor);
            }
        });
        return new GraphInputs(floats, tokens);
    }

    private void compare(String name, Tensor found) {
        Tensor expected = tensor(name);
        if (!Arrays.equals(found.shape(), expected.shape())) {
            throw refusal(name, "has shape " + Arrays.toString(found.shape()), Arrays.toString(expected.shape()));
        }
        double squares = 0;
        double size = 0;
        double largest = 0;
        for (int i = 0; i < expected.data().length; i++) {
            if (!Float.isFinite(found.data()[i])) {
                throw refusal(name, "holds " + found.data()[i], "finite numbers");
            }
            double difference = (double) found.data()[i] - expected.data()[i];
            squares += difference * difference;
            size += (double) expected.data()[i] * expected.data()[i];
            largest = Math.max(largest, Math.abs(difference));
        }
        Bounds bounds = graph.spec().bounds();
        double rms = Math.sqrt(squares / Math.max(size, Double.MIN_NORMAL));
        if (rms > bounds.relativeRms()) {
            throw refusal(name, "has a relative RMS error of " + twoDigits(rms), "at most " + bounds.relativeRms());
        }
        if (largest > bounds.maxAbsolute()) {
            throw refusal(name, "is off by up to " + twoDigits(largest), "at most " + bounds.maxAbsolute());
        }
    }

    private Tensor tensor(String name) {
        Tensor tensor = golden.tensors().get(name);
        if (tensor == null) {
            throw new GraphException(String.format(
                    Locale.ROOT,
                    "%s: %s holds no tensor %s, but %s; export the model again",
                    graph.spec().file(),
                    graph.spec().golden().file(),
                    name,
                    golden.tensors().keySet()));
        }
        return tensor;
    }

    private static String twoDigits(double error) {
        return String.format(Locale.ROOT, "%.1e", error);
    }

    private GraphException refusal(String output, String found, String expected) {
        return new GraphException(String.format(
                Locale.ROOT,
                "%s: %s does not compute what the network did: output %s of %s %s, expected %s; %s",
                graph.spec().file(),
                graph.device(),
                output,
                graph.spec().golden().file(),
                found,
                expected,
                REMEDY));
    }
}
