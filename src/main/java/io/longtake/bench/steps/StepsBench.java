package io.longtake.bench.steps;

import io.longtake.model.Device;
import io.longtake.model.EngineOptions;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.StoredModel;
import io.longtake.stage.CallTimes;
import io.longtake.stage.CompiledSizes;
import io.longtake.stage.StageTiming;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleConsumer;

/**
 * How long each stage's network takes for one step.
 *
 * @param engine see {@link Device#of}
 * @param batches segments in one call, a row each
 * @param runs timed calls a row
 * @param options what the engine is told beside
 * @param device what the rows call the device
 */
public record StepsBench(
        StoredModel stored,
        String engine,
        List<Integer> batches,
        int runs,
        Map<String, String> options,
        String device) {

    /**
     * Measures the rows of a stage that are not there yet; none if the model does not have the stage.
     *
     * @param graphs whether each step is replayed as a CUDA graph
     * @param each told every row that was measured
     * @return whether all could be measured
     */
    public boolean measure(String stage, boolean graphs, StepRows rows, Consumer<StepRow> each) {
        if (stored.manifest().pipeline().find(stage).isEmpty()) {
            return true;
        }
        List<Double> onDevice = new ArrayList<>();
        EngineOptions told = told(stored.manifest(), graphs, onDevice::add);
        try (LoadedModel model = LoadedModel.open(stored, Device.of(engine), told)) {
            boolean whole = true;
            for (int batch : batches) {
                String runner = model.device().toString();
                StepRow row = StepRow.of(device, stored.manifest().name(), stage, runner, batch, graphs);
                if (!rows.has(row)) {
                    StepRow found = time(new StageTiming(model, runs, System::nanoTime), row, onDevice);
                    rows.add(found);
                    each.accept(found);
                    whole &= found.failed() == null;
                }
            }
            return whole;
        }
    }

    /** A batch that does not fit must not cost those that do. */
    private static StepRow time(StageTiming timing, StepRow row, List<Double> onDevice) {
        try {
            CallTimes wall = timing.of(row.stage(), row.batch(), onDevice::clear);
            CallTimes step = onDevice.isEmpty()
                    ? wall
                    : CallTimes.of(
                            onDevice.stream().mapToDouble(Double::doubleValue).toArray());
            return row.timed(step, wall.medianMs());
        } catch (RuntimeException e) {
            return row.failed(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private EngineOptions told(ModelManifest manifest, boolean graphs, DoubleConsumer timings) {
        Map<String, Object> given = new LinkedHashMap<>(options);
        given.put("cudaGraphs", graphs);
        given.put("timings", timings);
        EngineOptions told = graph -> given;
        return new CompiledSizes(manifest, batches).and(told);
    }
}
