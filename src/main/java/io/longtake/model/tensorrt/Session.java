package io.longtake.model.tensorrt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of a graph on one lane. Calls take turns; each returns before the device is done with it. */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final SharedGraph graph;
    private final DeviceArrays arrays;
    private final Lane lane;
    private final Stopwatch stopwatch;
    private final Map<Integer, EnqueuedCall> enqueued = new HashMap<>();
    private final Map<List<Shape>, ReplayedCall> replayed = new LinkedHashMap<>(16, 0.75f, true);
    private boolean replays;
    private int generation;
    private Cuda.Memory scratch;
    private boolean closed;

    Session(SharedGraph graph, DeviceArrays arrays) {
        this.graph = graph;
        this.arrays = arrays;
        this.lane = arrays.lane();
        this.stopwatch = new Stopwatch(lane, graph.options().timings());
        this.replays = graph.options().graphs() > 0;
        this.generation = graph.generation();
    }

    synchronized NDList forward(NDList inputs) {
        if (closed) {
            throw new IllegalStateException("the predictor or its model is closed");
        }
        return graph.calling(() -> {
            try (CallInputs call = CallInputs.match(inputs, graph.compiled().inputs(), arrays)) {
                return new NDList(List.<NDArray>copyOf(run(call)));
            }
        });
    }

    private List<DeviceArray> run(CallInputs inputs) {
        if (generation != graph.generation()) {
            dropReplays();
            generation = graph.generation();
        }
        if (!replays) {
            return enqueuedCall(inputs.profile()).of(inputs.arrays());
        }
        ReplayedCall call = replayed.get(inputs.shapes());
        if (call == null) {
            makeRoom();
            call = new ReplayedCall(graph.compiled(), arrays, execution(inputs.profile()), inputs.arrays(), stopwatch);
            replayed.put(inputs.shapes(), call);
        }
        List<DeviceArray> outputs = call.of(inputs.arrays());
        if (call.refusal() != null) {
            LOG.warn("CUDA graphs are off for this session, its calls go kernel by kernel: {}", call.refusal());
            replays = false;
            dropReplays();
        }
        return outputs;
    }

    private EnqueuedCall enqueuedCall(int profile) {
        return enqueued.computeIfAbsent(
                profile, index -> new EnqueuedCall(graph.compiled(), arrays, execution(index), stopwatch));
    }

    /**
     * A graph's launch depends on the state of the execution that it was captured from, so each shape has its own; what they
     * need between input and output they share, for they run one after the other.
     */
    private Execution execution(int profile) {
        long bytes = graph.compiled().scratchBytes();
        if (scratch == null && bytes > 0) {
            scratch = lane.allocate(bytes);
        }
        Execution execution = lane.submit(stream -> graph.compiled().newExecution(profile, stream));
        if (scratch != null) {
            execution.scratch(scratch);
        }
        return execution;
    }

    private void makeRoom() {
        if (replayed.size() >= graph.options().graphs()) {
            List<Shape> eldest = replayed.keySet().iterator().next();
            closeWhenDone(replayed.remove(eldest)::close);
        }
    }

    private void dropReplays() {
        Closer closer = new Closer();
        replayed.values().forEach(call -> closer.add(call::close));
        replayed.clear();
        closeWhenDone(closer::close);
    }

    private void closeWhenDone(Runnable close) {
        new Closer().add(close).add(this::synchronize).close();
    }

    private void synchronize() {
        lane.enqueue(stream -> lane.cuda().synchronize(stream));
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        Closer closer = new Closer();
        if (scratch != null) {
            closer.add(() -> lane.free(scratch));
        }
        closer.add(stopwatch::close);
        enqueued.values().forEach(call -> closer.add(call::close));
        replayed.values().forEach(call -> closer.add(call::close));
        closer.add(this::synchronize);
        graph.left(this);
        closer.close();
    }
}
