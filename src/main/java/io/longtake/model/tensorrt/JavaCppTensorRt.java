package io.longtake.model.tensorrt;

import static org.bytedeco.tensorrt.global.nvinfer.createInferRuntime;
import static org.bytedeco.tensorrt.global.nvinfer.getInferLibMajorVersion;
import static org.bytedeco.tensorrt.global.nvinfer.getInferLibMinorVersion;
import static org.bytedeco.tensorrt.global.nvinfer.getInferLibPatchVersion;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.tensorrt.nvinfer.ICudaEngine;
import org.bytedeco.tensorrt.nvinfer.IRuntime;

/** TensorRT through the JavaCPP presets. */
final class JavaCppTensorRt implements TensorRt {

    /** One ByteBuffer reaches no further than 2 GiB, and plans do. */
    private static final long SLICE = 1 << 30;

    private final Cuda cuda;
    private IRuntime runtime;

    JavaCppTensorRt(Cuda cuda) {
        this.cuda = cuda;
    }

    @Override
    public String version() {
        return getInferLibMajorVersion() + "." + getInferLibMinorVersion() + "." + getInferLibPatchVersion();
    }

    @Override
    public void build(BuildOrder order, BuildListener listener) {
        cuda.use(order.device());
        // One at a time: two would take the device from each other while they time kernels, and the log is one for all.
        synchronized (JavaCppLog.INSTANCE) {
            JavaCppLog.INSTANCE.clear();
            JavaCppLog.INSTANCE.follow(listener);
            try (JavaCppBuild build = new JavaCppBuild(order)) {
                build.run(listener);
            } finally {
                JavaCppLog.INSTANCE.follow(BuildListener.SILENT);
            }
        }
    }

    @Override
    public CompiledGraph load(int device, Path file, long bytes) {
        cuda.use(device);
        JavaCppLog.INSTANCE.clear();
        try (BytePointer plan = read(file, bytes)) {
            ICudaEngine engine = JavaCppLog.INSTANCE.need(
                    runtime().deserializeCudaEngine(plan, bytes), "loading the compiled graph " + file.getFileName());
            return new JavaCppCompiledGraph(engine, cuda, device);
        }
    }

    private synchronized IRuntime runtime() {
        if (runtime == null) {
            runtime = JavaCppLog.INSTANCE.need(createInferRuntime(JavaCppLog.INSTANCE), "createInferRuntime");
        }
        return runtime;
    }

    private static BytePointer read(Path file, long bytes) {
        BytePointer plan = new BytePointer(bytes);
        try (FileChannel channel = FileChannel.open(file)) {
            for (long at = 0; at < bytes; ) {
                long end = Math.min(bytes, at + SLICE);
                ByteBuffer slice = plan.position(at).limit(end).asByteBuffer();
                while (slice.hasRemaining()) {
                    if (channel.read(slice) < 0) {
                        throw new EngineException(file + " ends before its " + bytes + " bytes");
                    }
                }
                at = end;
            }
            return plan.position(0).limit(bytes);
        } catch (IOException e) {
            plan.close();
            throw new EngineException("cannot read the compiled graph " + file, e);
        } catch (EngineException e) {
            plan.close();
            throw e;
        }
    }
}
