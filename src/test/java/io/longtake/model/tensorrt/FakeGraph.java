package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** y = w · (the sum of the inputs), element by element; w is 2 until it is replaced. */
final class FakeGraph implements CompiledGraph {

    private final LazyCuda cuda;
    private final List<Binding> inputs;
    private float weight = 2;
    EngineException enqueueFailure;
    int executions;
    int openExecutions;
    boolean closed;

    FakeGraph(LazyCuda cuda, List<String> inputs, String range) {
        this.cuda = cuda;
        List<ShapeRange> profiles =
                Arrays.stream(range.split(";")).map(ShapeRange::parse).toList();
        this.inputs = inputs.stream()
                .map(name -> new Binding(name, DataType.FLOAT32, new Shape(-1, 2), profiles))
                .toList();
    }

    @Override
    public List<Binding> inputs() {
        return inputs;
    }

    @Override
    public List<Binding> outputs() {
        return List.of(new Binding("y", DataType.FLOAT32, new Shape(-1, 2), List.of()));
    }

    @Override
    public long scratchBytes() {
        return 64;
    }

    @Override
    public Execution newExecution(int profile, Cuda.Stream stream) {
        executions++;
        openExecutions++;
        return new FakeExecution(profile);
    }

    @Override
    public List<String> refittable() {
        return List.of("w");
    }

    @Override
    public void refit(Map<String, Buffer> weights) {
        weight = ((FloatBuffer) weights.get("w")).get(0);
    }

    @Override
    public void close() {
        if (closed || openExecutions > 0) {
            throw new IllegalStateException(closed ? "closed twice" : "closed before its executions");
        }
        closed = true;
    }

    private final class FakeExecution implements Execution {

        private final int profile;
        private final Map<String, Cuda.Memory> memories = new HashMap<>();
        private Shape shape;
        private Cuda.Memory scratch;
        private boolean closed;

        FakeExecution(int profile) {
            this.profile = profile;
        }

        @Override
        public void scratch(Cuda.Memory memory) {
            scratch = memory;
        }

        @Override
        public void input(String name, Shape given, Cuda.Memory memory) {
            if (!inputs.get(0).profiles().get(profile).takes(given)) {
                throw new IllegalStateException("profile " + profile + " does not take " + given);
            }
            shape = given;
            memories.put(name, memory);
        }

        @Override
        public Shape output(String name) {
            return shape;
        }

        @Override
        public void output(String name, Cuda.Memory memory) {
            memories.put(name, memory);
        }

        @Override
        public void enqueue(Cuda.Stream stream) {
            if (enqueueFailure != null) {
                EngineException failure = enqueueFailure;
                enqueueFailure = null;
                throw failure;
            }
            Map<String, Cuda.Memory> bound = Map.copyOf(memories);
            cuda.submit(stream, "enqueue", () -> compute(bound));
        }

        private void compute(Map<String, Cuda.Memory> bound) {
            if (closed) {
                throw new IllegalStateException("the execution was closed before its work was done");
            }
            cuda.content(scratch);
            FloatBuffer y = cuda.content(bound.get("y")).asFloatBuffer();
            for (int i = 0; i < y.capacity(); i++) {
                float sum = 0;
                for (Binding input : inputs) {
                    sum += cuda.content(bound.get(input.name())).asFloatBuffer().get(i);
                }
                y.put(i, weight * sum);
            }
        }

        @Override
        public void close() {
            if (closed) {
                throw new IllegalStateException("closed twice");
            }
            closed = true;
            openExecutions--;
        }
    }
}
