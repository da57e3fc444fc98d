package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import org.bytedeco.tensorrt.global.nvinfer;
import org.bytedeco.tensorrt.nvinfer.Dims64;

/** TensorRT's types and shapes, and DJL's. */
final class JavaCppTypes {

    private JavaCppTypes() {}

    static DataType type(nvinfer.DataType type, String tensor) {
        return switch (type.intern()) {
            case kFLOAT -> DataType.FLOAT32;
            case kHALF -> DataType.FLOAT16;
            case kBF16 -> DataType.BFLOAT16;
            case kINT8 -> DataType.INT8;
            case kUINT8 -> DataType.UINT8;
            case kINT32 -> DataType.INT32;
            case kINT64 -> DataType.INT64;
            case kBOOL -> DataType.BOOLEAN;
            default -> throw new EngineException("tensor '" + tensor + "' is " + type + ", for which DJL has no type");
        };
    }

    static Dims64 dims(Shape shape) {
        Dims64 dims = new Dims64();
        dims.nbDims(shape.dimension());
        for (int axis = 0; axis < shape.dimension(); axis++) {
            dims.d(axis, shape.get(axis));
        }
        return dims;
    }

    static Shape shape(Dims64 dims) {
        try (dims) {
            long[] sizes = new long[Math.max(dims.nbDims(), 0)];
            for (int axis = 0; axis < sizes.length; axis++) {
                sizes[axis] = dims.d(axis);
            }
            return new Shape(sizes);
        }
    }
}
