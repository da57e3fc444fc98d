package io.longtake.bench;

import io.longtake.client.Cursor;
import io.longtake.client.Fragment;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.Order;
import io.longtake.event.PromptEvent;
import io.longtake.model.Device;
import io.longtake.model.LoadedModel;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.VideoPlan;
import io.longtake.platform.DataDirectory;
import io.longtake.platform.Platform;
import io.longtake.platform.PlatformSettings;
import io.longtake.stage.BareLoop;
import io.longtake.stage.Stages;
import io.longtake.stage.WorkerSizes;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * The platform's own cost: wall time of one video through Kafka, director, worker, encoder and stitcher, over the wall
 * time of the same stage functions in a bare loop, which neither encodes nor sends anything. One process, one run: bare,
 * platform, bare; both warm; the ratio is against the mean of the two bare times.
 *
 * @param before seconds of the bare loop before the platform
 * @param through seconds through the platform
 * @param after seconds of the bare loop after it
 * @param seconds of video
 */
public record GlueBench(double before, double through, double after, double seconds) {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final double WARM_UP_SECONDS = 2;

    /** Makes a video both ways. */
    public static GlueBench of(PromptEvent event, ModelRepository models, DataDirectory data) {
        StoredModel stored = models.find(event.getModel());
        try (Platform platform = Platform.embedded(
                        data, 0, PlatformSettings.of(models, "auto").firstModel(event.getModel()));
                LongtakeClient client = LongtakeClient.create(platform.kafka());
                LoadedModel model =
                        LoadedModel.open(stored, Device.of("auto"), new WorkerSizes(stored.manifest(), 1))) {
            Stages stages = Stages.open(model);
            bare(stages, model, event, WARM_UP_SECONDS);
            platform(client, event, WARM_UP_SECONDS);

            double before = bare(stages, model, event, event.getSeconds());
            double through = platform(client, event, event.getSeconds());
            double after = bare(stages, model, event, event.getSeconds());
            return new GlueBench(before, through, after, event.getSeconds());
        }
    }

    @Override
    public String toString() {
        double bare = (before + after) / 2;
        return String.format(
                Locale.ROOT,
                "glue %.3f = platform %.2f s / bare loop %.2f s (%.2f s before, %.2f s after); %.0f s of video",
                through / bare,
                through,
                bare,
                before,
                after,
                seconds);
    }

    private static double bare(Stages stages, LoadedModel model, PromptEvent event, double seconds) {
        VideoPlan plan = VideoPlan.of(model.manifest(), seconds);
        Order order = new Order(event, model.manifest(), model.digest(), plan);
        long start = System.nanoTime();
        new BareLoop(stages, model.manifest().pipeline(), plan, order::sceneAt).forEachRemaining(frames -> {});
        return (System.nanoTime() - start) / 1e9;
    }

    /** From the prompt event's sending to the video's last fragment. */
    private static double platform(LongtakeClient client, PromptEvent event, double seconds) {
        Prompt video = new Prompt(event).id(UUID.randomUUID().toString()).seconds(seconds);
        try (Cursor<Fragment> fragments = client.video(video.id()).file().open()) {
            long start = System.nanoTime();
            client.send(video);
            while (!fragments.isDone()) {
                fragments.poll(POLL);
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
