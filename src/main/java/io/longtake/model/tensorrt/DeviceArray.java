package io.longtake.model.tensorrt;

import ai.djl.Device;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrayAdapter;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An array on a device. It may not be computed yet: only reading it on the host waits for that. Work of another lane that
 * reads it waits, on the device, for the lane that makes it; and its memory is given back, or written anew, after all who
 * read it. Knows no arithmetic: graphs do that.
 */
final class DeviceArray extends NDArrayAdapter {

    private final AtomicReference<Cuda.Memory> memory;
    private final NDManager system;
    private final Set<Lane> readers = ConcurrentHashMap.newKeySet();
    private volatile Lane home;

    DeviceArray(DeviceArrays manager, Lane home, Cuda.Memory memory, Shape shape, DataType type) {
        super(manager, null, shape, type, NDManager.nextUid());
        this.memory = new AtomicReference<>(memory);
        this.system = manager.system();
        this.home = home;
        manager.attachInternal(uid, this);
    }

    /** The array's memory, to be read by work that the caller puts into {@code lane} next. */
    Cuda.Memory readOn(Lane lane) {
        Cuda.Memory read = memory();
        if (lane != home) {
            lane.waitFor(home);
            readers.add(lane);
        }
        return read;
    }

    /** The array's memory, to be written by work that the caller puts into the array's own lane next. */
    Cuda.Memory write() {
        Cuda.Memory written = memory();
        waitForReaders();
        return written;
    }

    Lane home() {
        return home;
    }

    private Cuda.Memory memory() {
        Cuda.Memory current = memory.get();
        if (current == null) {
            throw new IllegalStateException("array " + (name == null ? uid : "'" + name + "'") + " is closed");
        }
        return current;
    }

    private void waitForReaders() {
        readers.forEach(home::waitFor);
        readers.clear();
    }

    @Override
    public Device getDevice() {
        return Device.gpu(home.device());
    }

    @Override
    public ByteBuffer toByteBuffer(boolean tryDirect) {
        Cuda.Memory current = memory();
        int bytes = Math.toIntExact(current.bytes());
        ByteBuffer host = tryDirect ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
        host.order(ByteOrder.nativeOrder());
        home.download(current, host);
        return host.rewind();
    }

    @Override
    public float[] toFloatArray() {
        // Not by way of a direct buffer, which DJL would ask for: that is made, cleared and collected at each call.
        if (dataType != DataType.FLOAT32) {
            return super.toFloatArray();
        }
        float[] floats = new float[Math.toIntExact(shape.size())];
        toByteBuffer(false).asFloatBuffer().get(floats);
        return floats;
    }

    @Override
    public void set(Buffer data) {
        // DJL's check cuts the buffer it is given to size.
        Buffer own = data.slice();
        BaseNDManager.validateBuffer(own, dataType, Math.toIntExact(shape.size()));
        home.upload(own, write());
    }

    @Override
    public NDArray duplicate() {
        return copyOn(home);
    }

    @Override
    public NDArray toDevice(Device device, boolean copy) {
        if (!copy && device.equals(getDevice())) {
            return this;
        }
        return copyOn(device.equals(getDevice()) ? home : ((DeviceArrays) system).laneOf(device));
    }

    @Override
    public void copyTo(NDArray target) {
        if (!(target instanceof DeviceArray other) || other.memory().bytes() != memory().bytes()) {
            throw new IllegalArgumentException(
                    "only an array of TensorRT of as many bytes takes a copy of " + this + ", found " + target);
        }
        Cuda.Memory to = other.write();
        copy(other.home, to);
    }

    private DeviceArray copyOn(Lane lane) {
        Cuda.Memory to = lane.allocate(memory().bytes());
        try {
            copy(lane, to);
            DeviceArray copy = new DeviceArray((DeviceArrays) system, lane, to, shape, dataType);
            copy.setName(name);
            copy.attach(manager);
            return copy;
        } catch (RuntimeException e) {
            throw new Closer().add(() -> lane.free(to)).closeAfter(e);
        }
    }

    private void copy(Lane lane, Cuda.Memory to) {
        Cuda.Memory from = readOn(lane);
        lane.enqueue(stream -> lane.cuda().copy(from, to, stream));
    }

    /** Takes the content of another array, which is closed by it. */
    @Override
    public void intern(NDArray replaced) {
        DeviceArray other = (DeviceArray) replaced;
        Cuda.Memory taken = other.memory.getAndSet(null);
        release();
        memory.set(taken);
        home = other.home;
        readers.addAll(other.readers);
        shape = other.shape;
        dataType = other.dataType;
        other.close();
    }

    @Override
    public void detach() {
        manager.detachInternal(uid);
        manager = system;
    }

    @Override
    public void close() {
        try (Closer closer = new Closer()) {
            closer.add(super::close).add(this::release);
        }
    }

    private void release() {
        Cuda.Memory old = memory.getAndSet(null);
        if (old != null) {
            waitForReaders();
            home.free(old);
        }
    }

    @Override
    public String toString() {
        return "array " + name + " " + shape + " " + dataType + " on GPU " + home.device();
    }
}
