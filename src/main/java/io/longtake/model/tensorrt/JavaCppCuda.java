package io.longtake.model.tensorrt;

import static org.bytedeco.cuda.global.cudart.*;

import ai.djl.engine.EngineException;
import java.nio.ByteOrder;
import org.bytedeco.cuda.cudart.CUevent_st;
import org.bytedeco.cuda.cudart.CUgraphExec_st;
import org.bytedeco.cuda.cudart.CUgraph_st;
import org.bytedeco.cuda.cudart.CUmemPoolHandle_st;
import org.bytedeco.cuda.cudart.CUstream_st;
import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.SizeTPointer;

/** CUDA through the JavaCPP presets. Chooses the handle's device before each call, for CUDA keeps it per thread. */
final class JavaCppCuda implements Cuda {

    @Override
    public int driverVersion() {
        int[] version = new int[1];
        check(cudaDriverGetVersion(version), "cudaDriverGetVersion");
        return version[0];
    }

    @Override
    public int runtimeVersion() {
        int[] version = new int[1];
        check(cudaRuntimeGetVersion(version), "cudaRuntimeGetVersion");
        return version[0];
    }

    @Override
    public int devices() {
        int[] count = new int[1];
        int code = cudaGetDeviceCount(count);
        if (code == CudaFailure.NO_DEVICE) {
            cudaGetLastError();
            return 0;
        }
        check(code, "cudaGetDeviceCount");
        return count[0];
    }

    @Override
    public Gpu gpu(int device) {
        try (cudaDeviceProp properties = new cudaDeviceProp()) {
            check(cudaGetDeviceProperties(properties, device), "cudaGetDeviceProperties(" + device + ")");
            return new Gpu(
                    device,
                    properties.name().getString(),
                    properties.major(),
                    properties.minor(),
                    properties.totalGlobalMem());
        }
    }

    @Override
    public long freeMemory(int device) {
        use(device);
        try (SizeTPointer free = new SizeTPointer(1);
                SizeTPointer total = new SizeTPointer(1)) {
            check(cudaMemGetInfo(free, total), "cudaMemGetInfo");
            return free.get();
        }
    }

    @Override
    public void use(int device) {
        check(cudaSetDevice(device), "cudaSetDevice(" + device + ")");
    }

    @Override
    public void synchronize(int device) {
        use(device);
        check(cudaDeviceSynchronize(), "cudaDeviceSynchronize");
    }

    @Override
    public Stream newStream(int device) {
        use(device);
        keepFreedMemory(device);
        CUstream_st stream = new CUstream_st();
        check(cudaStreamCreateWithFlags(stream, cudaStreamNonBlocking), "cudaStreamCreateWithFlags");
        return new Stream(device, stream.address());
    }

    @Override
    public void synchronize(Stream stream) {
        use(stream.device());
        check(cudaStreamSynchronize(pointer(stream)), "cudaStreamSynchronize");
    }

    @Override
    public void destroy(Stream stream) {
        use(stream.device());
        check(cudaStreamDestroy(pointer(stream)), "cudaStreamDestroy");
    }

    @Override
    public Event newEvent(int device, boolean timed) {
        use(device);
        CUevent_st event = new CUevent_st();
        int flags = timed ? cudaEventDefault : cudaEventDisableTiming;
        check(cudaEventCreateWithFlags(event, flags), "cudaEventCreateWithFlags");
        return new Event(device, event.address());
    }

    @Override
    public void record(Event event, Stream stream) {
        use(stream.device());
        check(cudaEventRecord(pointer(event), pointer(stream)), "cudaEventRecord");
    }

    @Override
    public void await(Event event, Stream stream) {
        use(stream.device());
        check(cudaStreamWaitEvent(pointer(stream), pointer(event), 0), "cudaStreamWaitEvent");
    }

    @Override
    public void synchronize(Event event) {
        use(event.device());
        check(cudaEventSynchronize(pointer(event)), "cudaEventSynchronize");
    }

    @Override
    public boolean isDone(Event event) {
        use(event.device());
        int code = cudaEventQuery(pointer(event));
        if (code == CudaFailure.NOT_READY) {
            cudaGetLastError();
            return false;
        }
        check(code, "cudaEventQuery");
        return true;
    }

    @Override
    public float milliseconds(Event from, Event to) {
        use(from.device());
        float[] milliseconds = new float[1];
        check(cudaEventElapsedTime(milliseconds, pointer(from), pointer(to)), "cudaEventElapsedTime");
        return milliseconds[0];
    }

    @Override
    public void destroy(Event event) {
        use(event.device());
        check(cudaEventDestroy(pointer(event)), "cudaEventDestroy");
    }

    @Override
    public Memory allocate(long bytes, Stream stream) {
        use(stream.device());
        Pointer memory = new Pointer();
        int code = cudaMallocAsync(memory, Math.max(bytes, 1), pointer(stream));
        if (code == CudaFailure.OUT_OF_MEMORY) {
            // What other streams will have freed by then may do.
            cudaGetLastError();
            synchronize(stream.device());
            code = cudaMallocAsync(memory, Math.max(bytes, 1), pointer(stream));
        }
        check(code, "cudaMallocAsync of " + bytes + " bytes on GPU " + stream.device());
        return new Memory(stream.device(), memory.address(), bytes);
    }

    @Override
    public void free(Memory memory, Stream stream) {
        use(stream.device());
        check(cudaFreeAsync(pointer(memory.address()), pointer(stream)), "cudaFreeAsync");
    }

    @Override
    public Pinned pin(int device, int bytes) {
        use(device);
        Pointer memory = new Pointer();
        check(cudaHostAlloc(memory, (long) bytes, cudaHostAllocPortable), "cudaHostAlloc of " + bytes + " bytes");
        BytePointer run = new BytePointer(memory).capacity(bytes);
        return new Pinned(device, memory.address(), run.asByteBuffer().order(ByteOrder.nativeOrder()));
    }

    @Override
    public void unpin(Pinned pinned) {
        use(pinned.device());
        check(cudaFreeHost(pointer(pinned.address())), "cudaFreeHost");
    }

    @Override
    public void upload(Pinned from, Memory to, long offset, long bytes, Stream stream) {
        use(stream.device());
        copy(to.address() + offset, from.address(), bytes, cudaMemcpyHostToDevice, stream);
    }

    @Override
    public void download(Memory from, long offset, Pinned to, long bytes, Stream stream) {
        use(stream.device());
        copy(to.address(), from.address() + offset, bytes, cudaMemcpyDeviceToHost, stream);
    }

    @Override
    public void copy(Memory from, Memory to, Stream stream) {
        use(stream.device());
        if (from.device() == to.device()) {
            copy(to.address(), from.address(), from.bytes(), cudaMemcpyDeviceToDevice, stream);
        } else {
            check(
                    cudaMemcpyPeerAsync(
                            pointer(to.address()),
                            to.device(),
                            pointer(from.address()),
                            from.device(),
                            from.bytes(),
                            pointer(stream)),
                    "cudaMemcpyPeerAsync from GPU " + from.device() + " to " + to.device());
        }
    }

    @Override
    public void clear(Memory memory, Stream stream) {
        use(stream.device());
        check(cudaMemsetAsync(pointer(memory.address()), 0, memory.bytes(), pointer(stream)), "cudaMemsetAsync");
    }

    @Override
    public void beginCapture(Stream stream) {
        use(stream.device());
        // Thread-local: what other threads do meanwhile on their own streams does no harm.
        check(cudaStreamBeginCapture(pointer(stream), cudaStreamCaptureModeThreadLocal), "cudaStreamBeginCapture");
    }

    @Override
    public CudaGraph endCapture(Stream stream) {
        use(stream.device());
        CUgraph_st recipe = new CUgraph_st();
        check(cudaStreamEndCapture(pointer(stream), recipe), "cudaStreamEndCapture");
        try {
            CUgraphExec_st graph = new CUgraphExec_st();
            check(cudaGraphInstantiateWithFlags(graph, recipe, 0), "cudaGraphInstantiateWithFlags");
            return new CudaGraph(stream.device(), graph.address());
        } finally {
            cudaGraphDestroy(recipe);
        }
    }

    @Override
    public void launch(CudaGraph graph, Stream stream) {
        use(stream.device());
        check(cudaGraphLaunch(pointer(graph), pointer(stream)), "cudaGraphLaunch");
    }

    @Override
    public void destroy(CudaGraph graph) {
        use(graph.device());
        check(cudaGraphExecDestroy(pointer(graph)), "cudaGraphExecDestroy");
    }

    /** Else the pool hands its memory back to the driver whenever a stream runs empty, and takes it anew: milliseconds. */
    private static void keepFreedMemory(int device) {
        CUmemPoolHandle_st pool = new CUmemPoolHandle_st();
        check(cudaDeviceGetDefaultMemPool(pool, device), "cudaDeviceGetDefaultMemPool");
        try (LongPointer all = new LongPointer(1)) {
            all.put(-1L);
            check(
                    cudaMemPoolSetAttribute(pool, cudaMemPoolAttrReleaseThreshold, all),
                    "cudaMemPoolSetAttribute(ReleaseThreshold)");
        }
    }

    private static void copy(long to, long from, long bytes, int kind, Stream stream) {
        check(
                cudaMemcpyAsync(pointer(to), pointer(from), bytes, kind, pointer(stream)),
                "cudaMemcpyAsync of " + bytes + " bytes");
    }

    private static void check(int code, String what) {
        if (code != cudaSuccess) {
            // Takes the error off, or TensorRT would find it and think it its own.
            cudaGetLastError();
            throw failure(code, what);
        }
    }

    private static EngineException failure(int code, String what) {
        return CudaFailure.of(
                code,
                cudaGetErrorName(code).getString(),
                cudaGetErrorString(code).getString(),
                what);
    }

    static CUstream_st pointer(Stream stream) {
        return new CUstream_st(pointer(stream.handle()));
    }

    private static CUevent_st pointer(Event event) {
        return new CUevent_st(pointer(event.handle()));
    }

    private static CUgraphExec_st pointer(CudaGraph graph) {
        return new CUgraphExec_st(pointer(graph.handle()));
    }

    private static Pointer pointer(long address) {
        return new JavaCppAddress(address);
    }
}
