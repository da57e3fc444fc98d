package io.longtake.model.tensorrt;

import ai.djl.ndarray.types.Shape;
import org.bytedeco.tensorrt.nvinfer.Dims64;
import org.bytedeco.tensorrt.nvinfer.IExecutionContext;

/** One caller's IExecutionContext. */
final class JavaCppExecution implements Execution {

    private final IExecutionContext context;
    private final Cuda cuda;
    private final int device;

    JavaCppExecution(IExecutionContext context, Cuda cuda, int device) {
        this.context = context;
        this.cuda = cuda;
        this.device = device;
    }

    void profile(int index, Cuda.Stream stream) {
        if (context.getOptimizationProfile() != index) {
            need(
                    context.setOptimizationProfileAsync(index, JavaCppCuda.pointer(stream)),
                    "choosing optimisation profile " + index);
        }
    }

    @Override
    public void scratch(Cuda.Memory memory) {
        context.setDeviceMemoryV2(new JavaCppAddress(memory.address()), memory.bytes());
    }

    @Override
    public void input(String name, Shape shape, Cuda.Memory memory) {
        JavaCppLog.INSTANCE.clear();
        try (Dims64 dims = JavaCppTypes.dims(shape)) {
            need(context.setInputShape(name, dims), "input '" + name + "' of shape " + shape);
        }
        need(context.setTensorAddress(name, new JavaCppAddress(memory.address())), "address of input '" + name + "'");
    }

    @Override
    public Shape output(String name) {
        return JavaCppTypes.shape(context.getTensorShape(name));
    }

    @Override
    public void output(String name, Cuda.Memory memory) {
        need(context.setTensorAddress(name, new JavaCppAddress(memory.address())), "address of output '" + name + "'");
    }

    @Override
    public void enqueue(Cuda.Stream stream) {
        cuda.use(device);
        JavaCppLog.INSTANCE.clear();
        need(context.enqueueV3(JavaCppCuda.pointer(stream)), "enqueueV3");
    }

    private static void need(boolean done, String what) {
        JavaCppLog.INSTANCE.need(done, what);
    }

    @Override
    public void close() {
        cuda.use(device);
        JavaCppDestructor.delete(context, IExecutionContext::new);
    }
}
