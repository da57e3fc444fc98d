package io.longtake.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What graphs run on: an engine of DJL's on this machine's processor or its accelerator. One model call at a time, for two that
 * share cores starve each other; whoever waited longest goes first.
 */
public final class Device {

    /** Takes TensorRT where it is on the class path and finds a GPU, and ONNX Runtime otherwise. */
    public static final String AUTO = "auto";

    private static final String CPU_ENGINE = "OnnxRuntime";
    private static final String GPU_ENGINE = "TensorRT";
    private static final List<String> ENGINES = List.of(AUTO, CPU_ENGINE, GPU_ENGINE);
    private static final Map<String, Device> OPEN = new ConcurrentHashMap<>();

    static {
        // Before DJL looks at them: it calls home at start, and takes the tokenizers' own engine for the default.
        prefer("ai.djl.offline", "true");
        prefer("OPT_OUT_TRACKING", "true");
        prefer("ai.djl.default_engine", CPU_ENGINE);
        prefer("ai.djl.onnx.disable_alternative", "true");
    }

    private final String engine;
    private final ReentrantLock turn = new ReentrantLock(true);

    private Device(String engine) {
        this.engine = engine;
    }

    /**
     * The device of an engine; the same object for the same engine, so that all models of a process take turns.
     *
     * @param engine "OnnxRuntime", "TensorRT" or {@link #AUTO}
     */
    public static Device of(String engine) {
        if (!ENGINES.contains(engine)) {
            throw new IllegalArgumentException("engine must be one of " + ENGINES + ", found '" + engine + "'");
        }
        String chosen = engine;
        if (engine.equals(AUTO)) {
            chosen = usable(GPU_ENGINE) ? GPU_ENGINE : CPU_ENGINE;
        }
        if (!Engine.hasEngine(chosen)) {
            throw new IllegalArgumentException(
                    "engine '" + chosen + "' is not on the class path; there is " + Engine.getAllEngines());
        }
        return OPEN.computeIfAbsent(chosen, Device::new);
    }

    private static boolean usable(String engine) {
        try {
            return Engine.hasEngine(engine) && Engine.getEngine(engine) != null;
        } catch (EngineException e) {
            return false;
        }
    }

    /** Name of the engine, as DJL knows it. */
    public String engine() {
        return engine;
    }

    /**
     * Whether a sampling stays on it from noise to sample ({@link DenoisingLoop}). Where device and host share their memory
     * there is no copy to save, and the host's own sums are what films of ONNX Runtime have always been made of.
     */
    public boolean keepsArrays() {
        return engine.equals(GPU_ENGINE);
    }

    <T> T exclusively(Supplier<T> call) {
        turn.lock();
        try {
            return call.get();
        } finally {
            turn.unlock();
        }
    }

    private static void prefer(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public String toString() {
        return engine;
    }
}
