package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import java.nio.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.tensorrt.global.nvinfer.ExecutionContextAllocationStrategy;
import org.bytedeco.tensorrt.global.nvinfer.OptProfileSelector;
import org.bytedeco.tensorrt.global.nvinfer.TensorIOMode;
import org.bytedeco.tensorrt.global.nvinfer.TensorLocation;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/** A graph that TensorRT has on a device: its ICudaEngine. */
final class JavaCppCompiledGraph implements CompiledGraph {

    private final ICudaEngine engine;
    private final Cuda cuda;
    private final int device;
    private final List<Binding> inputs = new ArrayList<>();
    private final List<Binding> outputs = new ArrayList<>();

    JavaCppCompiledGraph(ICudaEngine engine, Cuda cuda, int device) {
        this.engine = engine;
        this.cuda = cuda;
        this.device = device;
        for (int i = 0; i < engine.getNbIOTensors(); i++) {
            String name = engine.getIOTensorName(i);
            boolean isInput = engine.getTensorIOMode(name).intern() == TensorIOMode.kINPUT;
            (isInput ? inputs : outputs).add(binding(name, isInput));
        }
    }

    private Binding binding(String name, boolean isInput) {
        if (engine.getTensorLocation(name).intern() != TensorLocation.kDEVICE) {
            throw new EngineException(
                    "tensor '" + name + "' holds sizes of other tensors, which TensorRT wants on the host;"
                            + " export the graph so that sizes come from the shapes of its inputs");
        }
        List<ShapeRange> profiles = isInput
                ? IntStream.range(0, engine.getNbOptimizationProfiles())
                        .mapToObj(profile -> new ShapeRange(
                                shape(name, profile, OptProfileSelector.kMIN),
                                shape(name, profile, OptProfileSelector.kOPT),
                                shape(name, profile, OptProfileSelector.kMAX)))
                        .toList()
                : List.of();
        return new Binding(
                name,
                JavaCppTypes.type(engine.getTensorDataType(name), name),
                JavaCppTypes.shape(engine.getTensorShape(name)),
                profiles);
    }

    private Shape shape(String input, int profile, OptProfileSelector which) {
        return JavaCppTypes.shape(engine.getProfileShape(input, profile, which));
    }

    @Override
    public List<Binding> inputs() {
        return inputs;
    }

    @Override
    public List<Binding> outputs() {
        return outputs;
    }

    @Override
    public long scratchBytes() {
        return engine.getDeviceMemorySizeV2();
    }

    @Override
    public Execution newExecution(int profile, Cuda.Stream stream) {
        cuda.use(device);
        JavaCppLog.INSTANCE.clear();
        IExecutionContext context = JavaCppLog.INSTANCE.need(
                engine.createExecutionContext(ExecutionContextAllocationStrategy.kUSER_MANAGED),
                "createExecutionContext");
        JavaCppExecution execution = new JavaCppExecution(context, cuda, device);
        try {
            execution.profile(profile, stream);
            return execution;
        } catch (EngineException e) {
            execution.close();
            throw e;
        }
    }

    @Override
    public List<String> refittable() {
        if (!engine.isRefittable()) {
            return List.of();
        }
        cuda.use(device);
        try (JavaCppRefit refit = new JavaCppRefit(engine)) {
            return refit.names();
        }
    }

    @Override
    public void refit(Map<String, Buffer> weights) {
        cuda.use(device);
        try (JavaCppRefit refit = new JavaCppRefit(engine)) {
            refit.replace(weights);
        }
    }

    @Override
    public void close() {
        cuda.use(device);
        JavaCppDestructor.delete(engine, ICudaEngine::new);
    }
}
