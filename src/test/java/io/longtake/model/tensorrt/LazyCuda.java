package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * CUDA in Java, as late as CUDA may be: a stream does nothing until somebody waits for it, and then only what they wait for.
 * Whoever forgets that one stream's work needs another's reads what is not there yet; whoever gives memory back too early
 * reads what is there no more. Writes down all calls, knows what is open, and fails when told to.
 */
final class LazyCuda implements Cuda {

    final List<String> calls = new ArrayList<>();
    int driver = 12060;
    int runtime = 12060;
    int devices = 2;
    Gpu gpu = new Gpu(0, "Fake GPU", 9, 0, 80L << 30);

    private final Map<Long, String> open = new TreeMap<>();
    private final Map<Long, Queue> queues = new HashMap<>();
    private final Map<Long, Mark> marks = new HashMap<>();
    private final Map<Long, byte[]> memories = new HashMap<>();
    private final Map<Long, List<Runnable>> graphs = new HashMap<>();
    private final Map<String, EngineException> failures = new HashMap<>();
    private long next = 0x10000;

    private static final class Queue {
        final List<Runnable> work = new ArrayList<>();
        int done;
        List<Runnable> captured;
    }

    private record Mark(Queue queue, int upTo) {}

    /** The next call of this name fails. */
    void failNext(String call, EngineException failure) {
        failures.put(call, failure);
    }

    static EngineException outOfMemory() {
        return CudaFailure.of(2, "cudaErrorMemoryAllocation", "out of memory", "cudaMallocAsync");
    }

    static EngineException lost() {
        return CudaFailure.of(700, "cudaErrorIllegalAddress", "an illegal memory access was encountered", "enqueue");
    }

    /** All that was opened and not closed, of a kind: stream, event, memory, pinned, graph. */
    long open(String kind) {
        return open.values().stream().filter(kind::equals).count();
    }

    List<String> open() {
        return List.copyOf(open.values());
    }

    long called(String call) {
        return calls.stream().filter(call::equals).count();
    }

    /** Work of TensorRT, that reads and writes memory. */
    void submit(Stream stream, String call, Runnable work) {
        called(call, null, null);
        put(stream, work);
    }

    ByteBuffer content(Memory memory) {
        byte[] bytes = memories.get(memory.address());
        if (bytes == null) {
            throw new IllegalStateException("memory was given back before its last use");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    }

    @Override
    public int driverVersion() {
        return driver;
    }

    @Override
    public int runtimeVersion() {
        return runtime;
    }

    @Override
    public int devices() {
        return devices;
    }

    @Override
    public Gpu gpu(int device) {
        return new Gpu(device, gpu.name(), gpu.major(), gpu.minor(), gpu.memory());
    }

    @Override
    public long freeMemory(int device) {
        return gpu.memory();
    }

    @Override
    public void use(int device) {}

    @Override
    public void synchronize(int device) {
        called("synchronize device", null, null);
        queues.values().forEach(queue -> drain(queue, queue.work.size()));
    }

    @Override
    public Stream newStream(int device) {
        Stream stream = new Stream(device, opened("newStream", "stream"));
        queues.put(stream.handle(), new Queue());
        return stream;
    }

    @Override
    public void synchronize(Stream stream) {
        called("synchronize", stream.handle(), "stream");
        Queue queue = queues.get(stream.handle());
        drain(queue, queue.work.size());
    }

    @Override
    public void destroy(Stream stream) {
        Queue queue = queues.remove(stream.handle());
        closed("destroyStream", stream.handle(), "stream");
        if (queue.done < queue.work.size()) {
            throw new IllegalStateException("the stream was destroyed before its work was done");
        }
    }

    @Override
    public Event newEvent(int device, boolean timed) {
        return new Event(device, opened("newEvent", "event"));
    }

    @Override
    public void record(Event event, Stream stream) {
        called("record", event.handle(), "event");
        Queue queue = queue(stream);
        marks.put(event.handle(), new Mark(queue, queue.work.size()));
    }

    @Override
    public void await(Event event, Stream stream) {
        called("await", event.handle(), "event");
        Mark mark = marks.get(event.handle());
        put(stream, () -> drain(mark.queue, mark.upTo));
    }

    @Override
    public void synchronize(Event event) {
        called("synchronize event", event.handle(), "event");
        Mark mark = marks.get(event.handle());
        if (mark != null) {
            drain(mark.queue, mark.upTo);
        }
    }

    @Override
    public boolean isDone(Event event) {
        Mark mark = marks.get(event.handle());
        return mark.queue.done >= mark.upTo;
    }

    @Override
    public float milliseconds(Event from, Event to) {
        if (!isDone(to)) {
            throw new IllegalStateException("the work between the events is not done");
        }
        return 1.5f;
    }

    @Override
    public void destroy(Event event) {
        closed("destroyEvent", event.handle(), "event");
    }

    @Override
    public Memory allocate(long bytes, Stream stream) {
        queue(stream);
        Memory memory = new Memory(stream.device(), opened("allocate", "memory"), bytes);
        byte[] content = new byte[Math.toIntExact(bytes)];
        Arrays.fill(content, (byte) 0x7f);
        memories.put(memory.address(), content);
        return memory;
    }

    @Override
    public void free(Memory memory, Stream stream) {
        closed("free", memory.address(), "memory");
        put(stream, () -> memories.remove(memory.address()));
    }

    @Override
    public Pinned pin(int device, int bytes) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        return new Pinned(device, opened("pin", "pinned"), buffer);
    }

    @Override
    public void unpin(Pinned pinned) {
        closed("unpin", pinned.address(), "pinned");
    }

    @Override
    public void upload(Pinned from, Memory to, long offset, long bytes, Stream stream) {
        called("upload", from.address(), "pinned");
        put(stream, () -> content(to).put((int) offset, from.buffer(), 0, (int) bytes));
    }

    @Override
    public void download(Memory from, long offset, Pinned to, long bytes, Stream stream) {
        called("download", to.address(), "pinned");
        put(stream, () -> to.buffer().put(0, content(from), (int) offset, (int) bytes));
    }

    @Override
    public void copy(Memory from, Memory to, Stream stream) {
        called("copy", from.address(), "memory");
        put(stream, () -> content(to).put(0, content(from), 0, (int) from.bytes()));
    }

    @Override
    public void clear(Memory memory, Stream stream) {
        called("clear", memory.address(), "memory");
        put(stream, () -> Arrays.fill(content(memory).array(), (byte) 0));
    }

    @Override
    public void beginCapture(Stream stream) {
        called("beginCapture", stream.handle(), "stream");
        queue(stream).captured = new ArrayList<>();
    }

    @Override
    public CudaGraph endCapture(Stream stream) {
        Queue queue = queue(stream);
        List<Runnable> captured = queue.captured;
        queue.captured = null;
        CudaGraph graph = new CudaGraph(stream.device(), opened("endCapture", "graph"));
        graphs.put(graph.handle(), captured);
        return graph;
    }

    @Override
    public void launch(CudaGraph graph, Stream stream) {
        called("launch", graph.handle(), "graph");
        List<Runnable> work = graphs.get(graph.handle());
        put(stream, () -> work.forEach(Runnable::run));
    }

    @Override
    public void destroy(CudaGraph graph) {
        closed("destroyGraph", graph.handle(), "graph");
    }

    private void put(Stream stream, Runnable work) {
        Queue queue = queue(stream);
        (queue.captured == null ? queue.work : queue.captured).add(work);
    }

    private Queue queue(Stream stream) {
        Queue queue = queues.get(stream.handle());
        if (queue == null) {
            throw new IllegalStateException("the stream is destroyed");
        }
        return queue;
    }

    private static void drain(Queue queue, int upTo) {
        while (queue.done < upTo) {
            queue.work.get(queue.done++).run();
        }
    }

    private long opened(String call, String kind) {
        called(call, null, null);
        long handle = next += 0x100;
        open.put(handle, kind);
        return handle;
    }

    private void closed(String call, long handle, String kind) {
        called(call, handle, kind);
        open.remove(handle);
    }

    private void called(String call, Long handle, String kind) {
        calls.add(call);
        if (handle != null && !kind.equals(open.get(handle))) {
            throw new IllegalStateException(call + ": no " + kind + " is open at " + handle);
        }
        EngineException failure = failures.remove(call);
        if (failure != null) {
            throw failure;
        }
    }
}
