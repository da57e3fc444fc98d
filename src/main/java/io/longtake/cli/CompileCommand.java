package io.longtake.cli;

import io.longtake.model.Device;
import io.longtake.model.EngineOptions;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.stage.Compilation;
import io.longtake.stage.WorkerSizes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "compile",
        description = {
            "Compiles a model's networks in advance and keeps the result, so that a worker's first task need not wait.",
            "Run it on the machine of the worker: a plan is valid only for its type of GPU and version of the engine."
                    + " If the engine compiles nothing, this opens each network and runs it once."
        },
        mixinStandardHelpOptions = true)
final class CompileCommand implements Callable<Integer> {

    @Option(names = "--model", defaultValue = "drive", description = "Model (default: ${DEFAULT-VALUE}).")
    private String name;

    @Mixin
    private StagesOption stages;

    @Mixin
    private EngineOption engine;

    @Mixin
    private BatchesOption sizes = new BatchesOption(List.of(1));

    @Override
    public Integer call() {
        StoredModel stored = ModelRepository.standard().find(name);
        Device device = Device.of(engine.name());
        boolean compiles = !device.engine().equals("OnnxRuntime");
        System.out.println(name + " on " + device
                + (compiles ? "" : ": OnnxRuntime compiles nothing; each network is opened and run once"));
        try (CompileProgress progress = new CompileProgress(System.err, Boolean.getBoolean("longtake.terminal"))) {
            sizes.list().forEach(size -> compile(stored, device, size, progress));
        }
        return 0;
    }

    private void compile(StoredModel stored, Device device, int segments, CompileProgress progress) {
        EngineOptions options = new WorkerSizes(stored.manifest(), segments).and(graph -> Map.of("progress", progress));
        try (LoadedModel model = LoadedModel.open(stored, device, options)) {
            Compilation compilation = new Compilation(model, segments);
            timed("text", segments, compilation::text);
            for (String stage : stages.set()) {
                if (stored.manifest().pipeline().find(stage).isPresent()) {
                    timed(stage, segments, () -> compilation.stage(stage));
                }
            }
        }
    }

    private static void timed(String what, int segments, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        System.out.printf(
                Locale.ROOT,
                "%-11s ready after %.1f s (%d in a call)%n",
                what,
                (System.nanoTime() - begin) / 1e9,
                segments);
    }
}
