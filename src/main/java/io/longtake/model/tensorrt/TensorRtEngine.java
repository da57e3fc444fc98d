package io.longtake.model.tensorrt;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.engine.StandardCapabilities;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** DJL's engine over NVIDIA's TensorRT, on a machine that has what it takes. */
public final class TensorRtEngine extends Engine {

    static final String NAME = "TensorRT";

    /** DJL's default is the engine of lowest rank; a CPU's, even one that only tokenizes, comes before. */
    static final int RANK = 1000;

    private final Cuda cuda;
    private final TensorRt tensorRt;
    private final int devices;
    private final SystemArrays system;
    private final Map<Integer, Lane> lanes = new HashMap<>();

    /** @throws EngineException if the machine has no driver, an old one, or no device */
    TensorRtEngine(Cuda cuda, TensorRt tensorRt) {
        this.cuda = cuda;
        this.tensorRt = tensorRt;
        this.devices = Requirements.devices(cuda);
        this.system = new SystemArrays();
    }

    Cuda cuda() {
        return cuda;
    }

    GraphCompiler compiler(LoadOptions options, Path modelDirectory) {
        return new GraphCompiler(tensorRt, options, modelDirectory);
    }

    /** @throws EngineException if there is no such device, or TensorRT has no kernels for it */
    Gpu gpu(Device device) {
        if (!device.isGpu()) {
            throw new IllegalArgumentException("TensorRT runs on GPUs, found " + device);
        }
        if (device.getDeviceId() < 0 || device.getDeviceId() >= devices) {
            throw new EngineException("there is no " + device + ": the NVIDIA driver shows " + devices
                    + " device(s), counted from gpu(0). CUDA_VISIBLE_DEVICES may hide others");
        }
        return Requirements.supported(cuda.gpu(device.getDeviceId()));
    }

    /** The lane of a device that is never closed, for arrays whose own lane was. */
    synchronized Lane lane(Device device) {
        return lanes.computeIfAbsent(gpu(device).device(), index -> new Lane(cuda, index, null));
    }

    Lane newLane(Device device) {
        return new Lane(cuda, device.getDeviceId(), lane(device));
    }

    @Override
    public Engine getAlternativeEngine() {
        return null;
    }

    @Override
    public String getEngineName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return RANK;
    }

    @Override
    public String getVersion() {
        return tensorRt.version();
    }

    @Override
    public boolean hasCapability(String capability) {
        return StandardCapabilities.CUDA.equals(capability);
    }

    @Override
    public int getGpuCount() {
        return devices;
    }

    @Override
    public Device defaultDevice() {
        return Device.gpu(0);
    }

    @Override
    public TensorRtModel newModel(String name, Device device) {
        return new TensorRtModel(name, newArrays(device), this);
    }

    @Override
    public NDManager newBaseManager() {
        return newArrays(null);
    }

    @Override
    public NDManager newBaseManager(Device device) {
        return newArrays(device);
    }

    private DeviceArrays newArrays(Device device) {
        return system.newLane(device == null ? defaultDevice() : device);
    }

    @Override
    public String toString() {
        return NAME + " " + getVersion() + " on " + cuda.gpu(0)
                + (devices > 1 ? " and " + (devices - 1) + " more" : "");
    }

    /** Root of all managers. An inner class, for the engine is asked for before its constructor's first line. */
    private final class SystemArrays extends DeviceArrays implements NDManager.SystemNDManager {

        SystemArrays() {
            super(Device.gpu(0));
        }

        @Override
        public Engine getEngine() {
            return TensorRtEngine.this;
        }

        /** What is attached here belongs to whoever holds it, and is closed by them. */
        @Override
        public void attachInternal(String resource, AutoCloseable... resources) {}

        @Override
        public void attachUncappedInternal(String resource, AutoCloseable opened) {}

        @Override
        public void detachInternal(String resource) {}

        @Override
        public void close() {
            // Lives as long as the process.
        }
    }
}
