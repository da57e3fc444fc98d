package io.longtake.model;

import java.util.HashMap;
import java.util.Map;

/**
 * An opened model. Its graphs open at their first use, so a worker holds those of its own stages only. Threads may share
 * it; nobody may use it after {@link #close}.
 */
public final class LoadedModel implements AutoCloseable {

    private final StoredModel stored;
    private final Device device;
    private final EngineOptions options;
    private final Map<String, Graph> graphs = new HashMap<>();
    private final Map<String, DenoisingLoop> loops = new HashMap<>();
    private TextEncoder text;

    private LoadedModel(StoredModel stored, Device device, EngineOptions options) {
        this.stored = stored;
        this.device = device;
        this.options = options;
    }

    /**
     * Opens a model after checking every file of it.
     *
     * @param engine see {@link Device#of}
     * @throws ModelFileException if a file is missing or is not the one that the manifest names
     */
    public static LoadedModel open(StoredModel stored, String engine) {
        return open(stored, Device.of(engine), EngineOptions.NONE);
    }

    /** Opens a model on a device, with something to say to an engine that compiles; fails as {@link #open(StoredModel, String)} does. */
    public static LoadedModel open(StoredModel stored, Device device, EngineOptions options) {
        stored.verify();
        return new LoadedModel(stored, device, options);
    }

    public ModelManifest manifest() {
        return stored.manifest();
    }

    /** The model's identity: SHA-256 of its manifest, which holds those of its files. */
    public String digest() {
        return stored.digest();
    }

    public Device device() {
        return device;
    }

    /** The graph of a stage, by its name in the manifest. */
    public synchronized Graph graph(String stage) {
        return graphs.computeIfAbsent(
                stage, name -> Graph.open(stored, manifest().stages().graph(name), device, options));
    }

    /** The graph of a stage that denoises, with the loop around it on the device. */
    public synchronized DenoisingLoop loop(String stage) {
        return loops.computeIfAbsent(stage, name -> new DenoisingLoop(graph(name), device));
    }

    public synchronized TextEncoder text() {
        if (text == null) {
            text = TextEncoder.open(stored, device, options);
        }
        return text;
    }

    @Override
    public synchronized void close() {
        loops.values().forEach(DenoisingLoop::close);
        loops.clear();
        graphs.values().forEach(Graph::close);
        graphs.clear();
        if (text != null) {
            text.close();
            text = null;
        }
    }
}
