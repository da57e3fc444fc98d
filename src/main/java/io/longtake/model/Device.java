package io.longtake.model;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What graphs run on: an engine of DJL's on this machine's processor or its accelerator. It takes as many calls at once as it
 * has processors, each on one of them, or one at a time if it is an accelerator. What a call answers does not depend on who runs
 * beside it.
 */
public final class Device {

    /** Takes TensorRT if it is on the class path and finds a GPU, and ONNX Runtime otherwise. */
    public static final String AUTO = "auto";

    private static final String CPU_ENGINE = "OnnxRuntime";
    private static final String GPU_ENGINE = "TensorRT";
    private static final List<String> ENGINES = List.of(AUTO, CPU_ENGINE, GPU_ENGINE);
    private static final Map<Kind, Device> OPEN = new ConcurrentHashMap<>();
    private static final Map<String, DeviceCalls> CALLS = new ConcurrentHashMap<>();

    static {
        // Before DJL looks at them: it calls home at start, and takes the tokenizers' own engine for the default.
        prefer("ai.djl.offline", "true");
        prefer("OPT_OUT_TRACKING", "true");
        prefer("ai.djl.default_engine", CPU_ENGINE);
        prefer("ai.djl.onnx.disable_alternative", "true");
    }

    private record Kind(String engine, Precision preferred) {}

    /**
     * An engine, and why it is that one.
     *
     * @param engine "OnnxRuntime" or "TensorRT"
     * @param reason for people
     */
    public record Choice(String engine, String reason) {}

    private final Kind kind;
    private final DeviceCalls calls;

    private Device(Kind kind) {
        this.kind = kind;
        this.calls = CALLS.computeIfAbsent(kind.engine(), Device::callsOf);
    }

    /**
     * The device of an engine; the same object for the same engine and
     * precision; all models of a process share the calls of an engine. The precision is that of the setting ({@link Precision}), or
     * else the engine's own: half on TensorRT, single on OnnxRuntime.
     *
     * @param engine "OnnxRuntime", "TensorRT" or {@link #AUTO}
     */
    public static Device of(String engine) {
        return of(engine, Precision.requested());
    }

    /** The device of an engine, its graphs at that precision as far as they have it. */
    public static Device of(String engine, Precision precision) {
        return of(engine, Optional.of(precision));
    }

    private static Device of(String engine, Optional<Precision> precision) {
        String chosen = choose(engine).engine();
        // Half is what an accelerator's matrix units are for; a CPU computes it in single, with casts on top.
        Precision usual = chosen.equals(GPU_ENGINE) ? Precision.HALF : Precision.SINGLE;
        return OPEN.computeIfAbsent(new Kind(chosen, precision.orElse(usual)), Device::new);
    }

    /**
     * The engine that a name stands for on this machine.
     *
     * @param engine see {@link #of(String)}
     * @throws IllegalArgumentException if there is no such engine, or it cannot run here; says why
     */
    public static Choice choose(String engine) {
        if (!ENGINES.contains(engine)) {
            throw new IllegalArgumentException("engine must be one of " + ENGINES + ", found '" + engine + "'");
        }
        try {
            String wanted = engine.equals(AUTO) ? GPU_ENGINE : engine;
            if (!Engine.hasEngine(wanted)) {
                throw new EngineException("it is not on the class path; there is " + Engine.getAllEngines());
            }
            Engine.getEngine(wanted);
            return new Choice(wanted, engine.equals(AUTO) ? "there is a GPU" : "as was asked for");
        } catch (EngineException e) {
            if (engine.equals(AUTO)) {
                return new Choice(
                        CPU_ENGINE,
                        hasNvidiaDriver()
                                ? GPU_ENGINE + " cannot run here: " + e.getMessage()
                                : "there is no NVIDIA GPU here");
            }
            throw new IllegalArgumentException("engine '" + engine + "' cannot run here: " + e.getMessage(), e);
        }
    }

    /** Of any kind: a server's or a desktop's, WSL's, a Jetson's. Who has none need not read what TensorRT lacks. */
    private static boolean hasNvidiaDriver() {
        return Stream.of("/dev/nvidiactl", "/dev/nvidia0", "/dev/dxg", "/dev/nvmap", "/proc/driver/nvidia")
                .anyMatch(file -> Files.exists(Path.of(file)));
    }

    /** Name of the engine, as DJL knows it. */
    public String engine() {
        return kind.engine();
    }

    /** What a graph is opened in here: half if the device prefers that and the graph has it. */
    Precision precision(GraphSpec graph) {
        return graph.half() == null ? Precision.SINGLE : kind.preferred();
    }

    /** Whether this is the engine that videos are defined by, against which others are measured. */
    boolean isReference() {
        return engine().equals(CPU_ENGINE);
    }

    /**
     * Whether a sampling stays on it from noise to sample ({@link DenoisingLoop}). If device and host share their memory
     * there is no copy to save, and the host's own sums are what videos of ONNX Runtime have always been made of.
     */
    public boolean keepsArrays() {
        return engine().equals(GPU_ENGINE);
    }

    private static DeviceCalls callsOf(String engine) {
        return engine.equals(CPU_ENGINE) ? DeviceCalls.ofCpu() : DeviceCalls.ofAccelerator();
    }

    /** How many calls it takes at once. */
    public int calls() {
        return calls.atOnce();
    }

    /**
     * Does a piece of work whose calls go before those of work with a greater rank; among equals, whoever waited longest goes first.
     * Calls that are made outside of any go first.
     */
    public <T> T inTurn(double rank, Supplier<T> work) {
        return calls.inTurn(rank, work);
    }

    /** Runs a call when it is its turn. */
    <T> T call(Supplier<T> call) {
        return calls.run(call);
    }

    /** Runs something while no call is under way. */
    <T> T alone(Supplier<T> work) {
        return calls.runAlone(work);
    }

    /**
     * Runs what is independent of each other, as much of it at once as the device takes calls.
     *
     * @return what each gave, in their order
     * @throws RuntimeException or Error what the first of them threw that threw, once all have ended
     */
    public <T> List<T> together(List<Supplier<T>> parts) {
        return calls.atOnce() == 1 ? parts.stream().map(Supplier::get).toList() : Together.run(calls.sameTurn(parts));
    }

    private static void prefer(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public String toString() {
        return kind.engine();
    }
}
