package io.longtake.bench;

import io.longtake.client.Cursor;
import io.longtake.client.Fragment;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.director.Order;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import io.longtake.model.StoredModel;
import io.longtake.model.VideoPlan;
import io.longtake.stage.BareLoop;
import io.longtake.stage.Stage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * The platform's own cost: a video through Kafka, director, worker, encoder and stitcher, over the same stages in a bare loop, which
 * neither encodes nor sends anything. The platform is this process, with its broker as a child.
 *
 * @param event the video
 * @param models where its model is
 * @param devices what its stages run on
 * @param rounds runs of the platform, from 1 to 100
 */
public record GlueBench(PromptEvent event, ModelRepository models, GlueDevices devices, int rounds) implements Bench {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final double WARM_UP_SECONDS = 2;
    private static final double IDLE_SECONDS = 5;

    public GlueBench {
        OptionLimit.between("rounds", rounds, 1, 100);
    }

    @Override
    public String name() {
        return "glue";
    }

    @Override
    public Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>(devices.settings());
        settings.put("model", event.getModel());
        settings.put("seconds", event.getSeconds());
        settings.put("rounds", rounds);
        return settings;
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) {
        StoredModel stored = models.find(event.getModel());
        progress.accept("starting a platform");
        try (GlueDevices.GluePlatform opened = devices.open(directory.data("platform"), models, stored);
                LongtakeClient client = LongtakeClient.create(opened.platform().kafka())) {
            Runnable bare = () -> bare(opened.stages(), stored, event.getSeconds());
            Runnable whole = () -> video(client, event.getSeconds());
            progress.accept("warming up");
            bare(opened.stages(), stored, Math.min(WARM_UP_SECONDS, event.getSeconds()));
            video(client, Math.min(WARM_UP_SECONDS, event.getSeconds()));

            GlueRuns runs = new GlueRuns(event.getSeconds(), GlueRuns.GlueRun.of(this::idle));
            for (int round = 1; round <= rounds; round++) {
                progress.accept("round " + round + " of " + rounds + ": the bare loop, then the platform");
                runs.bare(GlueRuns.GlueRun.of(bare));
                runs.platform(GlueRuns.GlueRun.of(whole));
            }
            progress.accept("the bare loop once more");
            runs.bare(GlueRuns.GlueRun.of(bare));
            return Found.of(runs.figures());
        }
    }

    private void idle() {
        Pauses.seconds(Math.min(IDLE_SECONDS, event.getSeconds()));
    }

    private void bare(Stage stages, StoredModel model, double seconds) {
        VideoPlan plan = VideoPlan.of(model.manifest(), seconds);
        Order order = new Order(event, model.manifest(), model.digest(), plan);
        new BareLoop(stages, model.manifest().pipeline(), plan, order::sceneAt)
                .forEachRemaining(frames -> Pauses.requireNotStopped());
    }

    /** From the prompt event's sending to the video's last fragment. */
    private void video(LongtakeClient client, double seconds) {
        Prompt video = new Prompt(event).id(UUID.randomUUID().toString()).seconds(seconds);
        try (Cursor<Fragment> fragments = client.video(video.id()).file().open()) {
            client.send(video);
            while (!fragments.isDone()) {
                fragments.poll(POLL);
            }
        }
    }
}
