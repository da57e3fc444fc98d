package io.longtake.cli;

import io.longtake.event.StageName;
import io.longtake.model.Device;
import io.longtake.model.EngineOptions;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.stage.Compilation;
import io.longtake.stage.CompiledSizes;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "compile",
        description = {
            "Compiles a model's networks ahead and keeps the result, so that a worker's first task does not wait for it.",
            "Run it where the worker will run: plans belong to the GPU and to the engine's version. An engine that compiles"
                    + " nothing opens and runs each network once."
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
    private BatchesOption sizes;

    @Override
    public Integer call() {
        StoredModel stored = ModelRepository.standard().find(name);
        try (CompileProgress progress = new CompileProgress(System.err, Boolean.getBoolean("longtake.terminal"))) {
            EngineOptions shown = graph -> Map.of("progress", progress);
            EngineOptions options = new CompiledSizes(stored.manifest(), sizes.list()).and(shown);
            try (LoadedModel model = LoadedModel.open(stored, Device.of(engine.name()), options)) {
                Compilation compilation = new Compilation(model, sizes.list());
                String runs = model.device().engine();
                boolean compiles = !runs.equals("OnnxRuntime");
                System.out.println(name + " on " + model.device()
                        + (compiles ? "" : ": OnnxRuntime compiles nothing; each network is opened and run once"));
                timed("text", compilation::text);
                for (StageName stage : stages.set()) {
                    String label = Progress.label(stage);
                    if (stored.manifest().stages().names().contains(label)) {
                        timed(label, () -> compilation.stage(label));
                    }
                }
            }
        }
        return 0;
    }

    private static void timed(String what, Runnable work) {
        long begin = System.nanoTime();
        work.run();
        System.out.printf(Locale.ROOT, "%-11s ready after %.1f s%n", what, (System.nanoTime() - begin) / 1e9);
    }
}
