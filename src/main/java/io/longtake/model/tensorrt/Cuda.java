package io.longtake.model.tensorrt;

import java.nio.ByteBuffer;

/**
 * What the engine needs of the CUDA runtime. Every handle knows its device, so a call may come from any thread. Whatever
 * fails throws what {@link CudaFailure} makes of it.
 */
interface Cuda {

    /** A queue of work on a device. */
    record Stream(int device, long handle) {}

    /** A mark in a stream. */
    record Event(int device, long handle) {}

    /** A run of bytes on a device. */
    record Memory(int device, long address, long bytes) {}

    /** Host memory that a device copies from and to by itself; its buffer is in native order and as long as the memory. */
    record Pinned(int device, long address, ByteBuffer buffer) {}

    /** Captured work, ready to be launched again and again. */
    record CudaGraph(int device, long handle) {}

    /** CUDA's own counting: 12060 is 12.6; 0 if no driver answers. */
    int driverVersion();

    /** Version of the runtime library, counted like the driver's. */
    int runtimeVersion();

    int devices();

    Gpu gpu(int device);

    /** Bytes that nobody has taken on the device. */
    long freeMemory(int device);

    /** Lets the calling thread's next calls of TensorRT go to a device. */
    void use(int device);

    /** Waits for everything on the device. */
    void synchronize(int device);

    /** A stream that waits for no other. */
    Stream newStream(int device);

    void synchronize(Stream stream);

    void destroy(Stream stream);

    /** @param timed whether {@link #milliseconds} will be asked; costs a little */
    Event newEvent(int device, boolean timed);

    void record(Event event, Stream stream);

    /** Lets a stream wait for what was recorded last in an event; the caller does not wait. */
    void await(Event event, Stream stream);

    void synchronize(Event event);

    boolean isDone(Event event);

    float milliseconds(Event from, Event to);

    void destroy(Event event);

    /**
     * Takes memory that may be used by work put into the stream from now on.
     *
     * @throws OutOfDeviceMemoryException if there is none, even after all work is done
     */
    Memory allocate(long bytes, Stream stream);

    /** Gives memory back once the work put into the stream so far is done. */
    void free(Memory memory, Stream stream);

    Pinned pin(int device, int bytes);

    void unpin(Pinned pinned);

    void upload(Pinned from, Memory to, long offset, long bytes, Stream stream);

    void download(Memory from, long offset, Pinned to, long bytes, Stream stream);

    /** Copies all of {@code from}; the two may lie on two devices. */
    void copy(Memory from, Memory to, Stream stream);

    void clear(Memory memory, Stream stream);

    /** From here the stream only writes down what it is given, until {@link #endCapture}. */
    void beginCapture(Stream stream);

    CudaGraph endCapture(Stream stream);

    void launch(CudaGraph graph, Stream stream);

    void destroy(CudaGraph graph);
}
