package io.longtake.bench;

import io.longtake.bench.report.Figure;
import io.longtake.bench.viewers.BenchViewers;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How long a viewer waits: from an order over HTTP until the first frames have come over a WebSocket, of the first video after a
 * server's start and of the next ones, each ordered when the one before is complete.
 *
 * @param launcher the script {@code longtake}
 * @param event each video
 * @param models where its model is
 * @param starts of a server, from 1 to 100
 * @param videos after each start, from 2 to 100
 */
public record FirstPictureBench(Path launcher, PromptEvent event, ModelRepository models, int starts, int videos)
        implements Bench {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final BenchViewers.Size ONE_VIEWER = new BenchViewers.Size(1, 0, 0);

    public FirstPictureBench {
        OptionLimit.between("starts", starts, 1, 100);
        OptionLimit.between("videos", videos, 2, 100);
    }

    @Override
    public String name() {
        return "first-picture";
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of("model", event.getModel(), "seconds", event.getSeconds(), "starts", starts, "videos", videos);
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) throws Exception {
        List<Double> first = new ArrayList<>();
        List<Double> next = new ArrayList<>();
        List<Double> differences = new ArrayList<>();
        for (int start = 1; start <= starts; start++) {
            progress.accept("server " + start + " of " + starts);
            try (UpProcess up = UpProcess.start(launcher, directory.data("up-" + start));
                    BenchViewers viewers = new BenchViewers(up.address(), ONE_VIEWER)) {
                first.add(seconds(up, viewers));
                List<Double> here = new ArrayList<>();
                for (int video = 2; video <= videos; video++) {
                    here.add(seconds(up, viewers));
                }
                next.addAll(here);
                differences.add(first.get(first.size() - 1) - new Figure("next", "s", here).median());
            }
        }
        return Found.of(List.of(
                new Figure("first-picture.first-video", "s", first),
                new Figure("first-picture.next-videos", "s", next),
                new Figure("first-picture.first-over-next", "s", differences)));
    }

    private double seconds(UpProcess up, BenchViewers viewers) throws Exception {
        HttpVideo video = HttpVideo.order(up.address(), event);
        BenchViewers.Watching watching = viewers.watch(video.id(), frameRate());
        if (!watching.awaitFrames(1, PATIENCE)) {
            throw new IllegalStateException("no frame of the video came within " + PATIENCE.toSeconds() + " s");
        }
        double seconds = (System.nanoTime() - video.started()) / 1e9;
        video.awaitEnd();
        return seconds;
    }

    private int frameRate() {
        return models.find(event.getModel()).manifest().video().fps();
    }
}
