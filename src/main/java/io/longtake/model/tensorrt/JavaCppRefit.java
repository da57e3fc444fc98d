package io.longtake.model.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.createInferRefitter;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.DataType;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRefitter;
import org.bytedeco.tensorrt.nvinfer.Weights;

/** Replaces weights of a graph by name, through an IRefitter. */
final class JavaCppRefit implements AutoCloseable {

    private final IRefitter refitter;
    private final List<Pointer> held = new ArrayList<>();

    JavaCppRefit(ICudaEngine engine) {
        JavaCppLog.INSTANCE.clear();
        refitter = JavaCppLog.INSTANCE.need(createInferRefitter(engine, JavaCppLog.INSTANCE), "createInferRefitter");
    }

    /** All that may be replaced. */
    List<String> names() {
        return names(refitter.getAllWeights(0, (PointerPointer<?>) null), refitter::getAllWeights);
    }

    void replace(Map<String, Buffer> weights) {
        Set<String> refused = new HashSet<>(weights.keySet());
        names().forEach(refused::remove);
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException("these weights were not compiled to be replaceable (option refit): "
                    + refused.stream().sorted().toList());
        }
        weights.forEach(this::set);
        List<String> missing =
                names(refitter.getMissingWeights(0, (PointerPointer<?>) null), refitter::getMissingWeights);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    "TensorRT can only replace these weights along with the others: " + missing);
        }
        JavaCppLog.INSTANCE.need(refitter.refitCudaEngine(), "refitCudaEngine");
    }

    private void set(String name, Buffer values) {
        Weights prototype = refitter.getWeightsPrototype(name);
        DataType type = JavaCppTypes.type(prototype.type(), name);
        byte[] bytes = WeightBytes.of(name, values, type, prototype.count());
        BytePointer memory = new BytePointer(bytes);
        Weights replacement =
                new Weights().type(prototype.type()).values(memory).count(prototype.count());
        held.add(memory);
        held.add(replacement);
        JavaCppLog.INSTANCE.need(refitter.setNamedWeights(name, replacement), "weights '" + name + "'");
    }

    private interface Listing {
        int into(int size, PointerPointer<?> names);
    }

    private static List<String> names(int count, Listing listing) {
        if (count < 0) {
            throw new EngineException("TensorRT does not list the weights of the graph");
        }
        List<String> names = new ArrayList<>(count);
        try (PointerPointer<BytePointer> texts = new PointerPointer<>(count)) {
            listing.into(count, texts);
            for (int i = 0; i < count; i++) {
                names.add(texts.getString(i));
            }
        }
        return names;
    }

    @Override
    public void close() {
        JavaCppDestructor.delete(refitter, IRefitter::new);
        held.forEach(Pointer::close);
    }
}
