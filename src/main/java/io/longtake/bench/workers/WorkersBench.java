package io.longtake.bench.workers;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.QueueSetting;
import io.longtake.event.RecordDecoder;
import io.longtake.model.ModelManifest;
import io.longtake.model.ModelRepository;
import io.longtake.platform.DataDirectory;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.worker.Models;
import io.longtake.worker.Worker;
import io.longtake.worker.WorkerSettings;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What more workers bring. Real tasks of real videos go through Kafka, director, workers, encoder and stitcher; only the networks are
 * replaced, by waits on a device that each worker has for itself. All of it runs in this process.
 *
 * @param model whose pipeline and sizes it is
 * @param segments of each video
 * @param segment what its stages take on one device, together
 * @param slots of each worker
 * @param queue of tasks
 */
public record WorkersBench(
        ModelRepository models, String model, int segments, Duration segment, int slots, QueueSetting queue) {

    public WorkersBench {
        if (segments < 2 || segments > 1000) {
            throw new IllegalArgumentException("segments must be from 2 to 1000, found " + segments);
        }
    }

    /**
     * Makes videos with so many workers, on a platform of its own.
     *
     * @param data of the platform: empty, or of an earlier run
     */
    public WorkersRow measure(DataDirectory data, int workers, int videos) throws InterruptedException {
        ModelManifest manifest = models.find(model).manifest();
        double seconds = (double) manifest.segment().frames() / manifest.video().fps();
        CallLog log = new CallLog(manifest.pipeline().last(), segments, videos);
        List<Worker> crew = new ArrayList<>();
        try (Platform platform = Platform.embedded(
                        data,
                        0,
                        PlatformSettings.of(models, "OnnxRuntime")
                                .stages(Set.of())
                                .queue(queue));
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            try {
                for (int i = 0; i < workers; i++) {
                    crew.add(worker("worker-" + i, manifest, platform, log));
                }
                for (int i = 0; i < videos; i++) {
                    client.send(Prompt.of("a drive").model(model).seed(i).seconds(segments * seconds));
                }
                log.awaitAll();
            } finally {
                crew.parallelStream().forEach(Worker::close);
            }
        }
        return log.row(workers, seconds);
    }

    private Worker worker(String name, ModelManifest manifest, Platform platform, CallLog log) {
        Map<String, Duration> times = StageShares.of(manifest, segment);
        SimulatedDevice device = new SimulatedDevice(name, manifest, times, log::add);
        Models.Ready ready = new Models.Ready(device, manifest.video().fps());
        return Worker.start(
                new WorkerSettings(name, times.keySet(), slots).on(platform.queue()),
                platform.kafka(),
                (asked, digest) -> ready,
                new CompositeMeterRegistry(),
                RecordDecoder.ours());
    }
}
