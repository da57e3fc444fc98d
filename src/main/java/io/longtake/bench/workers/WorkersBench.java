package io.longtake.bench.workers;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.event.KafkaFeatures;
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
import java.util.Set;
import java.util.function.Consumer;

/**
 * What more workers bring. Real tasks of real videos go through Kafka, director, workers, encoder and stitcher; only the networks are
 * replaced, by waits on a device that each worker has for itself. All of it runs in this process, or all but the workers.
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
        if (slots < 1 || slots > 64) {
            throw new IllegalArgumentException("slots must be from 1 to 64, found " + slots);
        }
    }

    /**
     * Makes videos with so many workers, on a platform of its own.
     *
     * @param data of the platform: empty, or of an earlier run
     */
    public WorkersRow measure(DataDirectory data, int workers, int videos) throws InterruptedException {
        return measure(data, workers, videos, this::inThisProcess);
    }

    /**
     * The same, with workers that are started elsewhere.
     *
     * @param starter of each
     */
    public WorkersRow measure(DataDirectory data, int workers, int videos, WorkerStarter starter)
            throws InterruptedException {
        ModelManifest manifest = models.find(model).manifest();
        double seconds = (double) manifest.segment().frames() / manifest.video().fps();
        CallLog log = new CallLog(manifest.pipeline().last(), segments, videos);
        List<WorkerStarter.Started> crew = new ArrayList<>();
        try (Platform platform = Platform.embedded(
                        data,
                        0,
                        PlatformSettings.of(models, "OnnxRuntime")
                                .stages(Set.of())
                                .queue(queue));
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            try {
                for (int i = 0; i < workers; i++) {
                    crew.add(starter.start("worker-" + i, platform.kafka(), log::add, log::fail));
                }
                for (int i = 0; i < videos; i++) {
                    client.send(Prompt.of("a drive").model(model).seed(i).seconds(segments * seconds));
                }
                log.awaitAll();
            } finally {
                crew.parallelStream().forEach(WorkerStarter.Started::close);
            }
        }
        return log.row(workers, seconds);
    }

    private WorkerStarter.Started inThisProcess(
            String name, KafkaConnection kafka, Consumer<DeviceCall> calls, Consumer<String> lost) {
        return worker(name, models.find(model).manifest(), kafka, queue, segment, slots, calls)::close;
    }

    /**
     * A worker of all stages of a model whose device is simulated.
     *
     * @param segment what its stages take, together
     * @param calls told of each call of the device
     */
    public static Worker worker(
            String name,
            ModelManifest manifest,
            KafkaConnection kafka,
            QueueSetting queue,
            Duration segment,
            int slots,
            Consumer<DeviceCall> calls) {
        SimulatedDevice device = new SimulatedDevice(name, manifest, segment, calls);
        Models.Ready ready = new Models.Ready(device, manifest.video().fps());
        return Worker.start(
                new WorkerSettings(name, Set.copyOf(manifest.pipeline().names()), slots)
                        .on(queue.on(KafkaFeatures.of(kafka))),
                kafka,
                (asked, digest) -> ready,
                new CompositeMeterRegistry(),
                RecordDecoder.ours());
    }
}
