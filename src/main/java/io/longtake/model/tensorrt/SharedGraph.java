package io.longtake.model.tensorrt;

import java.nio.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/** A graph on a device and the sessions that execute it. Weights may change between calls, never during one. */
final class SharedGraph implements AutoCloseable {

    private final CompiledGraph compiled;
    private final Cuda cuda;
    private final int device;
    private final LoadOptions options;
    private final ReadWriteLock calls = new ReentrantReadWriteLock();
    private final Set<Session> sessions = new LinkedHashSet<>();
    private int generation;
    private boolean closed;

    SharedGraph(CompiledGraph compiled, Cuda cuda, int device, LoadOptions options) {
        this.compiled = compiled;
        this.cuda = cuda;
        this.device = device;
        this.options = options;
    }

    CompiledGraph compiled() {
        return compiled;
    }

    LoadOptions options() {
        return options;
    }

    /** Goes up with each change of weights. */
    int generation() {
        return generation;
    }

    synchronized Session newSession(DeviceArrays arrays) {
        if (closed) {
            throw new IllegalStateException("the model is closed");
        }
        Session session = new Session(this, arrays);
        sessions.add(session);
        return session;
    }

    synchronized void left(Session session) {
        sessions.remove(session);
    }

    <T> T calling(Supplier<T> call) {
        calls.readLock().lock();
        try {
            return call.get();
        } finally {
            calls.readLock().unlock();
        }
    }

    void refit(Map<String, Buffer> weights) {
        calls.writeLock().lock();
        try {
            // Calls have returned, but the device may still be at them.
            cuda.synchronize(device);
            compiled.refit(weights);
        } finally {
            generation++;
            calls.writeLock().unlock();
        }
    }

    /** Sessions first: TensorRT must not delete a graph before its executions. */
    @Override
    public void close() {
        List<Session> left;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            left = new ArrayList<>(sessions);
        }
        Closer closer = new Closer().add(compiled::close);
        left.forEach(session -> closer.add(session::close));
        closer.close();
    }
}
