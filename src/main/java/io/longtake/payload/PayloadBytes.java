package io.longtake.payload;

import io.longtake.event.ElementType;
import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** A content as the bytes of a payload: little endian, row major. Frames are of shape (frames, height, width, 3). */
record PayloadBytes(ElementType dtype, List<Integer> shape, ByteBuffer bytes) {

    static PayloadBytes of(Content content) {
        if (content instanceof Frames frames) {
            return new PayloadBytes(
                    ElementType.U8,
                    List.of(frames.count(), frames.height(), frames.width(), 3),
                    ByteBuffer.wrap(frames.rgb()));
        }
        Tensor tensor = (Tensor) content;
        List<Integer> shape = new ArrayList<>(tensor.rank());
        for (int axis : tensor.shape()) {
            shape.add(axis);
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, tensor.data().length))
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.data());
        return new PayloadBytes(ElementType.F32, shape, bytes);
    }

    /** The content; {@link PayloadLimits} has made sure that shape and bytes agree. */
    Content content() {
        int[] axes = shape.stream().mapToInt(Integer::intValue).toArray();
        return switch (dtype) {
            case U8 -> new Frames(axes[0], axes[1], axes[2], bytes.array());
            case F32 -> {
                float[] data = new float[bytes.remaining() / Float.BYTES];
                bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(data);
                yield new Tensor(axes, data);
            }
        };
    }
}
