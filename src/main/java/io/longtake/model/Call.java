package io.longtake.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoBatchifyTranslator;
import ai.djl.translate.TranslatorContext;
import io.longtake.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Carries host arrays to a device and back. The arrays on the device belong to the call's own manager and go with it; the
 * buffers on the way there are kept from call to call, for the upsampler's are tens of megabytes.
 */
final class Call implements NoBatchifyTranslator<GraphInputs, Map<String, Tensor>> {

    private final Map<String, FloatBuffer> buffers = new HashMap<>();

    @Override
    public NDList processInput(TranslatorContext context, GraphInputs feed) {
        NDManager manager = context.getNDManager();
        NDList list = new NDList();
        feed.floats().forEach((name, tensor) -> {
            FloatBuffer buffer =
                    buffer(name, tensor.data().length).put(tensor.data()).flip();
            list.add(Transfer.named(name, manager.create(buffer, Transfer.shape(tensor), DataType.FLOAT32)));
        });
        feed.tokens()
                .forEach((name, ids) -> list.add(Transfer.named(name, manager.create(ids, new Shape(1, ids.length)))));
        return list;
    }

    @Override
    public Map<String, Tensor> processOutput(TranslatorContext context, NDList list) {
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (NDArray array : list) {
            outputs.put(array.getName(), Transfer.tensor(array));
        }
        return outputs;
    }

    private FloatBuffer buffer(String name, int length) {
        FloatBuffer kept = buffers.get(name);
        if (kept == null || kept.capacity() < length) {
            kept = ByteBuffer.allocateDirect(Math.multiplyExact(length, Float.BYTES))
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
            buffers.put(name, kept);
        }
        return kept.slice(0, length);
    }
}
