package io.longtake.bench;

import io.longtake.bench.workers.SimulatedDevice;
import io.longtake.bench.workers.WorkersBench;
import io.longtake.event.QueueSetting;
import io.longtake.model.Device;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.platform.DataDirectory;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.stage.Stage;
import io.longtake.stage.Stages;
import io.longtake.stage.WorkerSizes;
import io.longtake.worker.Worker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** What the stages of {@link GlueBench} run on, both in the bare loop and in the platform. */
public sealed interface GlueDevices {

    /** As options. */
    Map<String, Object> settings();

    /** Starts a platform with a worker, and opens stages of the same kind for the bare loop. */
    GluePlatform open(DataDirectory data, ModelRepository models, StoredModel stored);

    /**
     * A platform, and the same stages without it.
     *
     * @param closed done before the platform is closed
     */
    record GluePlatform(Platform platform, Stage stages, Runnable closed) implements AutoCloseable {
        @Override
        public void close() {
            try {
                closed.run();
            } finally {
                platform.close();
            }
        }
    }

    /**
     * The model's networks.
     *
     * @param engine see {@link Device#of}
     */
    record Real(String engine) implements GlueDevices {

        @Override
        public Map<String, Object> settings() {
            return Map.of("engine", engine);
        }

        @Override
        public GluePlatform open(DataDirectory data, ModelRepository models, StoredModel stored) {
            Platform platform = Platform.embedded(
                    data,
                    0,
                    PlatformSettings.of(models, engine)
                            .firstModel(stored.manifest().name()));
            try {
                LoadedModel model = LoadedModel.open(stored, Device.of(engine), new WorkerSizes(stored.manifest(), 1));
                return new GluePlatform(platform, Stages.open(model), model::close);
            } catch (RuntimeException e) {
                platform.close();
                throw e;
            }
        }
    }

    /**
     * Waits on an exclusive device, with outputs of the real size.
     *
     * @param segmentSeconds that a segment takes the device, all stages together, above 0 and at most 3600
     * @param scale that it is multiplied by, so that the benchmark ends in time, above 0 and at most 1: the smaller, the more the
     *     platform's own time weighs
     * @param slots of the worker
     */
    record Simulated(double segmentSeconds, double scale, int slots) implements GlueDevices {

        public Simulated {
            OptionLimit.between("segment-seconds", segmentSeconds, 0.001, 3600);
            OptionLimit.between("scale", scale, 0.001, 1);
            OptionLimit.between("slots", slots, 1, 64);
        }

        @Override
        public Map<String, Object> settings() {
            return Map.of("simulated", true, "segment-seconds", segmentSeconds, "scale", scale, "slots", slots);
        }

        @Override
        public GluePlatform open(DataDirectory data, ModelRepository models, StoredModel stored) {
            ModelManifest manifest = stored.manifest();
            Duration segment = Duration.ofNanos(Math.round(segmentSeconds * scale * 1e9));
            Platform platform = Platform.embedded(
                    data, 0, PlatformSettings.of(models, "OnnxRuntime").stages(Set.of()));
            try {
                Worker worker = WorkersBench.worker(
                        "worker", manifest, platform.kafka(), QueueSetting.configured(), segment, slots, call -> {});
                return new GluePlatform(
                        platform, new SimulatedDevice("bare", manifest, segment, call -> {}), worker::close);
            } catch (RuntimeException e) {
                platform.close();
                throw e;
            }
        }
    }
}
