package io.longtake.model.tensorrt;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** From a file of a model to a graph on a device. */
final class GraphCompiler {

    private final TensorRt tensorRt;
    private final LoadOptions options;
    private final Path modelDirectory;

    GraphCompiler(TensorRt tensorRt, LoadOptions options, Path modelDirectory) {
        this.tensorRt = tensorRt;
        this.options = options;
        this.modelDirectory = modelDirectory;
    }

    CompiledGraph open(Path file, Gpu gpu) throws IOException {
        if (file.getFileName().toString().endsWith(".plan")) {
            return foreign(file, gpu);
        }
        OnnxFile onnx = OnnxFile.read(file);
        String name = file.getFileName().toString().replaceFirst("\\.onnx$", "");
        PlanKey key = new PlanKey(
                name,
                ModelDigest.of(onnx),
                tensorRt.version(),
                gpu.name(),
                gpu.computeCapability(),
                options.build().canonical());
        Path directory = options.planCache() == null ? modelDirectory.resolve("plans") : options.planCache();
        PlanCache cache = new PlanCache(directory);
        return cache.open(
                key, plan -> build(onnx, plan, cache.timings(key), gpu), (plan, bytes) -> load(plan, bytes, gpu));
    }

    private void build(OnnxFile onnx, Path plan, Path timings, Gpu gpu) {
        BuildOrder order = new BuildOrder(
                gpu.device(),
                onnx.path(),
                plan,
                timings,
                options.build(),
                options.build().refittable(onnx.weights()));
        if (options.progress() == null) {
            tensorRt.build(order, BuildListener.SILENT);
            return;
        }
        BuildProgress progress =
                new BuildProgress(options.progress(), onnx.path().getFileName().toString());
        tensorRt.build(order, progress);
        progress.done();
    }

    private CompiledGraph load(Path plan, long bytes, Gpu gpu) {
        return tensorRt.load(gpu.device(), plan, bytes);
    }

    private CompiledGraph foreign(Path plan, Gpu gpu) throws IOException {
        if (!options.build().equals(BuildOptions.defaults())) {
            throw new IllegalArgumentException(plan.getFileName()
                    + " is compiled already: profile, optLevel, refit and workspace are for .onnx files");
        }
        try {
            return load(plan, Files.size(plan), gpu);
        } catch (OutOfDeviceMemoryException | DeviceLostException e) {
            throw e;
        } catch (EngineException e) {
            throw new EngineException(
                    plan.getFileName() + " was not compiled for this GPU and TensorRT (" + gpu + ", "
                            + tensorRt.version()
                            + "), or is damaged; give the .onnx file instead, it is compiled here. "
                            + e.getMessage(),
                    e);
        }
    }
}
