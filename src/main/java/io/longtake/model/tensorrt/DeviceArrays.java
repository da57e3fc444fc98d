package io.longtake.model.tensorrt;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** DJL's NDManager: makes arrays on one lane, and closes those that are still attached when it is closed. */
class DeviceArrays extends BaseNDManager {

    private final Lane lane;
    private final boolean ownsLane;

    private DeviceArrays(NDManager parent, Device device, Lane lane, boolean ownsLane) {
        super(parent, device);
        this.lane = lane;
        this.ownsLane = ownsLane;
    }

    /** For the engine's own, which has no parent and makes no arrays. */
    DeviceArrays(Device device) {
        this(null, device, null, false);
    }

    Lane lane() {
        return lane;
    }

    DeviceArrays system() {
        return parent == null ? this : ((DeviceArrays) parent).system();
    }

    /** The lane of a device that outlives all others. */
    Lane laneOf(Device device) {
        return ((TensorRtEngine) getEngine()).lane(device);
    }

    /** A manager with a lane of its own. */
    DeviceArrays newLane(Device device) {
        Lane own = ((TensorRtEngine) getEngine()).newLane(device);
        DeviceArrays arrays = new DeviceArrays(this, device, own, true);
        try {
            attachUncappedInternal(arrays.uid, arrays);
            return arrays;
        } catch (RuntimeException e) {
            throw new Closer().add(own::close).closeAfter(e);
        }
    }

    /** DJL asks in its constructor, before any field of ours is set. */
    @Override
    public Engine getEngine() {
        return parent.getEngine();
    }

    @Override
    public ByteBuffer allocateDirect(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.nativeOrder());
    }

    @Override
    public DeviceArray from(NDArray array) {
        if (array == null || array instanceof DeviceArray) {
            return (DeviceArray) array;
        }
        DeviceArray copy = create(array.toByteBuffer(), array.getShape(), array.getDataType());
        copy.setName(array.getName());
        return copy;
    }

    /** On the same device the arrays share this manager's lane. */
    @Override
    public DeviceArrays newSubManager(Device other) {
        if (lane == null || !other.equals(device)) {
            return newLane(other);
        }
        DeviceArrays arrays = new DeviceArrays(this, device, lane, false);
        attachUncappedInternal(arrays.uid, arrays);
        return arrays;
    }

    /** What is in it is whatever was in that memory. */
    DeviceArray empty(Shape shape, DataType type) {
        Cuda.Memory memory = lane.allocate(Math.multiplyExact(shape.size(), type.getNumOfBytes()));
        try {
            return new DeviceArray(this, lane, memory, shape, type);
        } catch (RuntimeException e) {
            throw new Closer().add(() -> lane.free(memory)).closeAfter(e);
        }
    }

    @Override
    public DeviceArray create(Buffer data, Shape shape, DataType type) {
        BaseNDManager.validateBuffer(data.slice(), type, Math.toIntExact(shape.size()));
        DeviceArray array = empty(shape, type);
        try {
            array.set(data);
            return array;
        } catch (RuntimeException e) {
            throw new Closer().add(array::close).closeAfter(e);
        }
    }

    @Override
    public DeviceArray create(Shape shape, DataType type) {
        return zeros(shape, type);
    }

    @Override
    public DeviceArray zeros(Shape shape, DataType type) {
        DeviceArray array = empty(shape, type);
        Cuda.Memory memory = array.write();
        lane.enqueue(stream -> lane.cuda().clear(memory, stream));
        return array;
    }

    @Override
    public void close() {
        boolean last = isOpen() && ownsLane;
        super.close();
        if (last) {
            lane.close();
        }
    }
}
