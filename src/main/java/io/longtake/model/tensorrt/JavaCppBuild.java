package io.longtake.model.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.createInferBuilder;
import static org.bytedeco.tensorrt.global.nvonnxparser.createParser;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorrt.global.nvinfer.BuilderFlag;
import org.bytedeco.tensorrt.global.nvinfer.MemoryPoolType;
import org.bytedeco.tensorrt.global.nvinfer.NetworkDefinitionCreationFlag;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IBuilder;
import org.bytedeco.tensorrt.nvinfer.IBuilderConfig;
import org.bytedeco.tensorrt.nvinfer.IHostMemory;
import org.bytedeco.tensorrt.nvinfer.ILogger;
import org.bytedeco.tensorrt.nvinfer.INetworkDefinition;
import org.bytedeco.tensorrt.nvinfer.IOptimizationProfile;
import org.bytedeco.tensorrt.nvinfer.ITimingCache;
import org.bytedeco.tensorrt.nvonnxparser.IParser;

/**
 * Compiles one graph. Deletes what it made in reverse order; but for the parser, whose delete the presets do not bring: it
 * stays, and with it, in host memory, the weights that it read.
 */
final class JavaCppBuild implements AutoCloseable {

    private static final long SLICE = 1 << 30;

    private final BuildOrder order;
    private final Deque<Runnable> deletes = new ArrayDeque<>();

    JavaCppBuild(BuildOrder order) {
        this.order = order;
    }

    void run(BuildListener listener) {
        IBuilder builder = own(createInferBuilder(JavaCppLog.INSTANCE), IBuilder::new, "createInferBuilder");
        // Strongly typed: precisions are those that the ONNX file says; the only mode that TensorRT 11 still has.
        int flags = 1 << NetworkDefinitionCreationFlag.kSTRONGLY_TYPED.value;
        INetworkDefinition network = own(builder.createNetworkV2(flags), INetworkDefinition::new, "createNetworkV2");
        parse(network);
        listener.parsed(network.getNbLayers());
        IBuilderConfig config = own(builder.createBuilderConfig(), IBuilderConfig::new, "createBuilderConfig");
        config.setBuilderOptimizationLevel(order.options().optLevel());
        if (!order.options().tf32()) {
            // On by default, and not what a graph of float32 says.
            config.clearFlag(BuilderFlag.kTF32);
        }
        if (order.options().workspace() > 0) {
            config.setMemoryPoolLimit(MemoryPoolType.kWORKSPACE, order.options().workspace());
        }
        markRefittable(network, config);
        for (int profile = 0; profile < order.options().profileCount(); profile++) {
            addProfile(builder, config, profile);
        }
        ITimingCache timings = timings(config);
        IHostMemory plan =
                own(builder.buildSerializedNetwork(network, config), IHostMemory::new, "compiling " + order.onnx());
        write(plan, order.plan());
        write(timings);
    }

    private void parse(INetworkDefinition network) {
        IParser parser = JavaCppLog.INSTANCE.need(createParser(network, JavaCppLog.INSTANCE), "createParser");
        if (!parser.parseFromFile(order.onnx().toString(), ILogger.Severity.kWARNING.value)) {
            List<String> errors = new ArrayList<>();
            for (int i = 0; i < parser.getNbErrors(); i++) {
                var error = parser.getError(i);
                errors.add(error.desc() + " (node " + error.nodeName() + ", operator " + error.nodeOperator() + ")");
            }
            throw new EngineException("TensorRT cannot read " + order.onnx().getFileName() + ": "
                    + String.join("; ", errors) + ". Export it with opset 18 (see models/)");
        }
    }

    private void markRefittable(INetworkDefinition network, IBuilderConfig config) {
        if (order.refittable().isEmpty()) {
            return;
        }
        config.setFlag(BuilderFlag.kREFIT_INDIVIDUAL);
        List<String> refused = order.refittable().stream()
                .filter(name -> !network.markWeightsRefittable(name))
                .toList();
        if (!refused.isEmpty()) {
            throw new EngineException("TensorRT cannot make these weights replaceable (option refit): " + refused);
        }
    }

    private void addProfile(IBuilder builder, IBuilderConfig config, int index) {
        // Belongs to the builder, which deletes it.
        IOptimizationProfile profile =
                JavaCppLog.INSTANCE.need(builder.createOptimizationProfile(), "createOptimizationProfile");
        order.options().profiles().forEach((input, ranges) -> {
            ShapeRange range = ranges.get(index);
            set(profile, input, OptProfileSelector.kMIN, range.min());
            set(profile, input, OptProfileSelector.kOPT, range.opt());
            set(profile, input, OptProfileSelector.kMAX, range.max());
        });
        JavaCppLog.INSTANCE.need(
                config.addOptimizationProfile(profile) >= 0,
                "profile " + order.options().profiles());
    }

    private static void set(IOptimizationProfile profile, String input, OptProfileSelector which, Shape shape) {
        try (Dims64 dims = JavaCppTypes.dims(shape)) {
            JavaCppLog.INSTANCE.need(profile.setDimensions(input, which, dims), "profile." + input + " " + shape);
        }
    }

    /** Starts from the timings of earlier builds, or from none if they cannot be read. */
    private ITimingCache timings(IBuilderConfig config) {
        ITimingCache known = timings(config, stored());
        if (JavaCppAddress.isNothing(known) || !config.setTimingCache(known, false)) {
            known = JavaCppLog.INSTANCE.need(timings(config, new byte[0]), "createTimingCache");
            config.setTimingCache(known, false);
        }
        ITimingCache cache = known;
        deletes.push(() -> JavaCppDestructor.delete(cache, ITimingCache::new));
        return cache;
    }

    private static ITimingCache timings(IBuilderConfig config, byte[] bytes) {
        try (BytePointer blob = new BytePointer(Math.max(bytes.length, 1))) {
            blob.put(bytes, 0, bytes.length);
            return config.createTimingCache(blob, bytes.length);
        }
    }

    private byte[] stored() {
        try {
            return Files.exists(order.timings()) ? Files.readAllBytes(order.timings()) : new byte[0];
        } catch (IOException e) {
            return new byte[0];
        }
    }

    private void write(ITimingCache timings) {
        IHostMemory blob = own(timings.serialize(), IHostMemory::new, "ITimingCache.serialize");
        Path beside = order.timings()
                .resolveSibling(order.timings().getFileName() + "."
                        + ProcessHandle.current().pid() + ".tmp");
        write(blob, beside);
        try {
            Files.move(beside, order.timings(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EngineException("cannot keep the timings in " + order.timings(), e);
        }
    }

    private static void write(IHostMemory memory, Path file) {
        long size = memory.size();
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (long at = 0; at < size; at += SLICE) {
                ByteBuffer slice = new BytePointer(memory.data())
                        .capacity(size)
                        .position(at)
                        .limit(Math.min(size, at + SLICE))
                        .asByteBuffer();
                while (slice.hasRemaining()) {
                    channel.write(slice);
                }
            }
        } catch (IOException e) {
            throw new EngineException("cannot write " + file + ", " + size + " bytes; is the disk full?", e);
        }
    }

    private <P extends Pointer> P own(P made, Supplier<P> empty, String what) {
        JavaCppLog.INSTANCE.need(made, what);
        deletes.push(() -> JavaCppDestructor.delete(made, empty));
        return made;
    }

    @Override
    public void close() {
        while (!deletes.isEmpty()) {
            deletes.pop().run();
        }
    }
}
