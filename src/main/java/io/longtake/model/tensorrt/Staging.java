package io.longtake.model.tensorrt;

import ai.djl.ndarray.BaseNDManager;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;

/**
 * Pinned host memory between Java's buffers and a device: only from such can the device copy by itself, and making it costs
 * more than a copy, so it is kept. Several slots, so that the next part is filled while the last one travels.
 */
final class Staging implements AutoCloseable {

    static final int SLOTS = 4;
    static final int LARGEST = 16 << 20;
    private static final int SMALLEST = 64 << 10;

    private final Cuda cuda;
    private final Lane lane;
    private final Slot[] slots = new Slot[SLOTS];
    private int turn;

    Staging(Cuda cuda, Lane lane) {
        this.cuda = cuda;
        this.lane = lane;
    }

    synchronized void upload(Buffer data, Cuda.Memory to) {
        int size = elementBytes(data);
        int elements = Math.toIntExact(to.bytes() / size);
        int max = LARGEST / size;
        for (int at = 0; at < elements; at += max) {
            int count = Math.min(max, elements - at);
            Slot slot = next(count * size);
            BaseNDManager.copyBuffer(data.slice(at, count), slot.pinned.buffer());
            long offset = (long) at * size;
            lane.enqueue(stream -> {
                cuda.upload(slot.pinned, to, offset, (long) count * size, stream);
                cuda.record(slot.free, stream);
            });
        }
    }

    synchronized void download(Cuda.Memory from, ByteBuffer to) {
        for (long at = 0; at < from.bytes(); at += LARGEST) {
            int bytes = (int) Math.min(LARGEST, from.bytes() - at);
            Slot slot = next(bytes);
            long offset = at;
            lane.enqueue(stream -> {
                cuda.download(from, offset, slot.pinned, bytes, stream);
                cuda.record(slot.free, stream);
            });
            cuda.synchronize(slot.free);
            to.put(slot.pinned.buffer().slice(0, bytes));
        }
    }

    /** The slot that was used longest ago, free and large enough. */
    private Slot next(int bytes) {
        int index = turn++ % SLOTS;
        Slot slot = slots[index];
        if (slot != null) {
            cuda.synchronize(slot.free);
            if (slot.pinned.buffer().capacity() >= bytes) {
                return slot;
            }
            slots[index] = null;
            slot.close(cuda);
        }
        int capacity = Math.min(LARGEST, Math.max(SMALLEST, Integer.highestOneBit(Math.max(bytes, 1) * 2 - 1)));
        slots[index] = Slot.open(cuda, lane.device(), capacity);
        return slots[index];
    }

    private static int elementBytes(Buffer data) {
        if (data instanceof ByteBuffer) {
            return Byte.BYTES;
        }
        if (data instanceof ShortBuffer) {
            return Short.BYTES;
        }
        return data instanceof LongBuffer || data instanceof DoubleBuffer ? Long.BYTES : Integer.BYTES;
    }

    @Override
    public synchronized void close() {
        Closer closer = new Closer();
        for (int i = 0; i < SLOTS; i++) {
            Slot slot = slots[i];
            if (slot != null) {
                closer.add(() -> slot.close(cuda));
                slots[i] = null;
            }
        }
        closer.close();
    }

    /** @param free done when the device has read or written the memory */
    private record Slot(Cuda.Pinned pinned, Cuda.Event free) {

        static Slot open(Cuda cuda, int device, int capacity) {
            Cuda.Pinned pinned = cuda.pin(device, capacity);
            try {
                return new Slot(pinned, cuda.newEvent(device, false));
            } catch (RuntimeException e) {
                throw new Closer().add(() -> cuda.unpin(pinned)).closeAfter(e);
            }
        }

        void close(Cuda cuda) {
            new Closer()
                    .add(() -> cuda.unpin(pinned))
                    .add(() -> cuda.destroy(free))
                    .add(() -> cuda.synchronize(free))
                    .close();
        }
    }
}
