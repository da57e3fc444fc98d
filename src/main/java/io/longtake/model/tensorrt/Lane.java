package io.longtake.model.tensorrt;

import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A stream of a device, with host memory to load and unload by. Work of one lane runs in the order it was put there; work of
 * two lanes in any, unless one waits for the other. Threads may share a lane. After {@link #close} its heir does what arrays
 * still ask of it.
 */
final class Lane implements AutoCloseable {

    private final Cuda cuda;
    private final int device;
    private final Lane heir;
    private final Cuda.Stream stream;
    private final Staging staging;
    private boolean closed;

    /** @param heir null for a lane that is never closed */
    Lane(Cuda cuda, int device, Lane heir) {
        this.cuda = cuda;
        this.device = device;
        this.heir = heir;
        this.stream = cuda.newStream(device);
        this.staging = new Staging(cuda, this);
    }

    int device() {
        return device;
    }

    Cuda cuda() {
        return cuda;
    }

    /**
     * Puts work into the stream. Nobody else does so before it returns: a capture must not see what an array's close on
     * another thread does.
     */
    <T> T submit(Function<Cuda.Stream, T> work) {
        synchronized (this) {
            if (!closed) {
                return work.apply(stream);
            }
        }
        return heir().submit(work);
    }

    void enqueue(Consumer<Cuda.Stream> work) {
        submit(stream -> {
            work.accept(stream);
            return null;
        });
    }

    /** What is put here from now on runs after all that is in the other lane now. The caller does not wait. */
    void waitFor(Lane other) {
        if (other == this) {
            return;
        }
        Cuda.Event mark = cuda.newEvent(other.device, false);
        try {
            // One monitor at a time: two lanes may wait for each other's work from two threads.
            if (other.mark(mark)) {
                enqueue(stream -> cuda.await(mark, stream));
            }
        } finally {
            cuda.destroy(mark);
        }
    }

    /** A closed lane has done all its work. */
    private synchronized boolean mark(Cuda.Event event) {
        if (!closed) {
            cuda.record(event, stream);
        }
        return !closed;
    }

    Cuda.Memory allocate(long bytes) {
        return submit(stream -> cuda.allocate(bytes, stream));
    }

    void free(Cuda.Memory memory) {
        enqueue(stream -> cuda.free(memory, stream));
    }

    /** Copies host data, from the first on, to the device; returns once the data may be changed, before it has arrived. */
    void upload(Buffer data, Cuda.Memory to) {
        live().staging.upload(data, to);
    }

    /** Waits for the lane's work and copies to the host, from the buffer's position on. */
    void download(Cuda.Memory from, ByteBuffer to) {
        live().staging.download(from, to);
    }

    private synchronized Lane live() {
        return closed ? heir().live() : this;
    }

    private Lane heir() {
        if (heir == null) {
            throw new IllegalStateException("the lane of GPU " + device + " is closed");
        }
        return heir;
    }

    /** Waits for all work, then gives the stream back. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        new Closer()
                .add(() -> cuda.destroy(stream))
                .add(staging::close)
                .add(() -> cuda.synchronize(stream))
                .close();
    }
}
