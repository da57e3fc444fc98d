package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiled graphs on disk. Several processes may share the directory: each plan is compiled once. */
final class PlanCache {

    private static final Logger LOG = LoggerFactory.getLogger(PlanCache.class);

    private final Path directory;

    PlanCache(Path directory) {
        this.directory = directory;
    }

    interface PlanBuilder {
        void build(Path plan);
    }

    interface Loader {
        CompiledGraph load(Path plan, long bytes);
    }

    Path timings(PlanKey key) {
        return directory.resolve(key.timings());
    }

    /**
     * Loads the plan of a key, having it built if there is none, or one that is damaged.
     *
     * @throws EngineException if it cannot be built, or not loaded even when it is new
     * @throws IOException if the directory cannot be written to
     */
    CompiledGraph open(PlanKey key, PlanBuilder builder, Loader loader) throws IOException {
        create();
        Path plan = directory.resolve(key.file());
        try (KeyLock lock = KeyLock.take(directory.resolve(key.file() + ".lock"))) {
            CompiledGraph kept = kept(plan, key, loader);
            if (kept != null) {
                return kept;
            }
            build(plan, key, builder);
            return loader.load(plan, PlanFile.check(plan, key));
        } catch (DamagedPlanException e) {
            throw new IOException("the plan " + plan + " was just written and cannot be read: " + e.getMessage(), e);
        }
    }

    private void create() throws IOException {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new IOException(
                    "cannot make the plan cache " + directory + "; option planCache names another directory", e);
        }
        if (!Files.isWritable(directory)) {
            throw new IOException(
                    "cannot write to the plan cache " + directory + "; option planCache names another directory");
        }
    }

    /** @return null if there is none that can be used; it is deleted then */
    private static CompiledGraph kept(Path plan, PlanKey key, Loader loader) throws IOException {
        if (Files.notExists(plan)) {
            return null;
        }
        try {
            return loader.load(plan, PlanFile.check(plan, key));
        } catch (OutOfDeviceMemoryException | DeviceLostException e) {
            // The plan is not to blame.
            throw e;
        } catch (DamagedPlanException | EngineException e) {
            LOG.warn("plan {} cannot be used and is compiled anew: {}", plan, e.getMessage());
            Files.delete(plan);
            return null;
        }
    }

    private void build(Path plan, PlanKey key, PlanBuilder builder) throws IOException {
        LOG.info(
                "compiling {} for {} (compute capability {}, TensorRT {}); this can take minutes, once",
                key.model(),
                key.gpu(),
                key.computeCapability(),
                key.tensorRt());
        Path unfinished = Files.createTempFile(directory, key.file(), ".tmp");
        try {
            builder.build(unfinished);
            PlanFile.seal(unfinished, key);
            Files.move(unfinished, plan, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
