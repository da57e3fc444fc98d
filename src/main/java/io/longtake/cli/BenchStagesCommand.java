package io.longtake.cli;

import io.longtake.model.Device;
import io.longtake.model.EngineOptions;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.stage.CallTimes;
import io.longtake.stage.CompiledSizes;
import io.longtake.stage.StageTiming;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.DoubleConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "stages",
        description = {
            "Milliseconds that each stage's network takes for one step, as a Markdown table.",
            "Times are the device's own where the engine tells them, and those of the whole call elsewhere."
        },
        mixinStandardHelpOptions = true)
final class BenchStagesCommand implements Callable<Integer> {

    @Option(names = "--model", defaultValue = "drive", description = "Model (default: ${DEFAULT-VALUE}).")
    private String name;

    @Mixin
    private StagesOption stages;

    @Mixin
    private EngineOption engine;

    @Mixin
    private BatchesOption batches = new BatchesOption(List.of(1, 2, 4, 8));

    @Option(names = "--runs", defaultValue = "30", description = "Timed calls a row (default: ${DEFAULT-VALUE}).")
    private int runs;

    @Option(
            names = "--cuda-graphs",
            split = ",",
            defaultValue = "false",
            description = "Replay each step as a CUDA graph: false, true, or both with a comma (default: false)."
                    + " Engine TensorRT only.")
    private List<Boolean> graphs;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "What the engine is told beside, such as optLevel=5; may be repeated.")
    private Map<String, String> options = Map.of();

    @Option(names = "--json", paramLabel = "FILE", description = "Keeps the rows, and takes those in it for done.")
    private Path json;

    @Option(names = "--device", defaultValue = "this machine", description = "What the rows call the device.")
    private String device;

    @Override
    public Integer call() {
        StageRows rows = new StageRows(json);
        System.out.println(StageRow.HEAD);
        boolean whole = true;
        for (boolean replayed : graphs) {
            for (String stage : stages.set()) {
                whole &= measure(stage, replayed, rows);
            }
        }
        return whole ? 0 : 1;
    }

    private boolean measure(String stage, boolean replayed, StageRows rows) {
        List<Double> onDevice = new ArrayList<>();
        StoredModel stored = ModelRepository.standard().find(name);
        if (stored.manifest().pipeline().find(stage).isEmpty()) {
            return true;
        }
        EngineOptions options = options(stored.manifest(), replayed, onDevice::add);
        try (LoadedModel model = LoadedModel.open(stored, Device.of(engine.name()), options)) {
            boolean whole = true;
            for (int batch : batches.list()) {
                StageRow row = StageRow.of(device, name, stage, model.device().toString(), batch, replayed);
                if (!rows.has(row)) {
                    StageRow found = time(new StageTiming(model, runs, System::nanoTime), row, onDevice);
                    rows.add(found);
                    System.out.println(found.markdown());
                    whole &= found.failed() == null;
                }
            }
            return whole;
        }
    }

    /** A batch that does not fit must not cost those that do. */
    private static StageRow time(StageTiming timing, StageRow row, List<Double> onDevice) {
        try {
            CallTimes wall = timing.of(row.stage(), row.batch(), onDevice::clear);
            CallTimes step = onDevice.isEmpty()
                    ? wall
                    : CallTimes.of(
                            onDevice.stream().mapToDouble(Double::doubleValue).toArray());
            return row.timed(step, wall.medianMs());
        } catch (RuntimeException e) {
            return row.failed(Complaints.reason(e));
        }
    }

    private EngineOptions options(ModelManifest manifest, boolean replayed, DoubleConsumer timings) {
        Map<String, Object> given = new LinkedHashMap<>(options);
        given.put("cudaGraphs", replayed);
        given.put("timings", timings);
        EngineOptions told = graph -> given;
        return new CompiledSizes(manifest, batches.list()).and(told);
    }
}
