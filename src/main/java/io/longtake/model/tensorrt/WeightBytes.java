package io.longtake.model.tensorrt;

import ai.djl.ndarray.types.DataType;
import ai.djl.util.Float16Utils;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** New values of a weight, in the weight's own type. */
final class WeightBytes {

    private WeightBytes() {}

    /**
     * @param values floats, or bytes that are of the type already (little-endian, as in ONNX files)
     * @throws IllegalArgumentException if there are more or fewer than the weight has, or floats cannot become its type
     */
    static byte[] of(String name, Buffer values, DataType type, long count) {
        if (values instanceof FloatBuffer floats) {
            length(name, floats.remaining(), count, "numbers");
            return bytes(name, floats.duplicate(), type);
        }
        if (values instanceof ByteBuffer bytes) {
            length(name, bytes.remaining(), count * type.getNumOfBytes(), "bytes");
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return copy;
        }
        throw new IllegalArgumentException("weights '" + name + "' must be floats or bytes, found " + values);
    }

    private static byte[] bytes(String name, FloatBuffer floats, DataType type) {
        ByteBuffer bytes =
                ByteBuffer.allocate(floats.remaining() * type.getNumOfBytes()).order(ByteOrder.LITTLE_ENDIAN);
        switch (type) {
            case FLOAT32 -> bytes.asFloatBuffer().put(floats);
            case FLOAT16 -> {
                while (floats.hasRemaining()) {
                    bytes.putShort(Float16Utils.floatToHalf(floats.get()));
                }
            }
            case BFLOAT16 -> {
                while (floats.hasRemaining()) {
                    bytes.putShort(bfloat16(floats.get()));
                }
            }
            default -> throw new IllegalArgumentException(
                    "weights '" + name + "' are " + type + "; give them as bytes of that type");
        }
        return bytes.array();
    }

    /** The upper half of a float, rounded to nearest, ties to even. */
    private static short bfloat16(float value) {
        int bits = Float.floatToIntBits(value);
        return Float.isNaN(value) ? (short) 0x7fc0 : (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }

    private static void length(String name, long found, long expected, String what) {
        if (found != expected) {
            throw new IllegalArgumentException(
                    "weights '" + name + "' need " + expected + " " + what + ", found " + found);
        }
    }
}
