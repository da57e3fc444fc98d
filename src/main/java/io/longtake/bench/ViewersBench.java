package io.longtake.bench;

import io.longtake.bench.report.Figure;
import io.longtake.bench.viewers.BenchViewers;
import io.longtake.bench.viewers.ViewerResult;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What viewers cost: one server makes the same video three times, watched only the second time, by viewers in this process.
 * Two ratios are told, because on one machine viewers take processors from the video that have nothing to do with serving:
 * that of wall times, viewers and all, and that of the processor time which the server itself took.
 *
 * @param launcher the script {@code longtake}, which starts the server
 * @param models where the video's model is
 */
public record ViewersBench(Path launcher, PromptEvent event, ModelRepository models, BenchViewers.Size size)
        implements Bench {

    private static final long PATIENCE_SECONDS = 60;

    /** One video: seconds from order to end, seconds of the server's processors, and the server's heap afterwards. */
    private record Run(double wall, double processors, long heap) {}

    /**
     * The same, and what viewers saw of its frames, whose checksum is that of the file.
     *
     * @param own seconds of processors that the viewers' process took
     */
    private record Watched(Run run, double own, List<ViewerResult> results, long frames, long checksum) {

        private List<ViewerResult> live() {
            return results.stream()
                    .filter(viewer -> viewer.kind() != ViewerResult.ViewerKind.STALLED)
                    .toList();
        }

        private List<ViewerResult> lacking() {
            return live().stream()
                    .filter(viewer -> !viewer.all(frames, checksum))
                    .toList();
        }
    }

    @Override
    public String name() {
        return "viewers";
    }

    @Override
    public Map<String, Object> settings() {
        return Map.of(
                "model",
                event.getModel(),
                "seconds",
                event.getSeconds(),
                "sockets",
                size.sockets(),
                "hls",
                size.hls(),
                "stalled",
                size.stalled());
    }

    @Override
    public Found measure(BenchDirectory directory, Consumer<String> progress) throws Exception {
        progress.accept("starting a server");
        try (UpProcess up = UpProcess.start(launcher, directory.data("up"));
                BenchViewers viewers = new BenchViewers(up.address(), size)) {
            // a server compiles while it first serves, for a minute or two: that is what starting costs, not what
            // viewers cost
            progress.accept("warming up");
            watched(up, viewers);

            progress.accept("without viewers, with them, without them");
            Run before = unwatched(up);
            Watched with = watched(up, viewers);
            Run after = unwatched(up);
            return found(before, with, after);
        }
    }

    private Run unwatched(UpProcess up) throws InterruptedException {
        double processors = up.processorSeconds();
        double wall = HttpVideo.order(up.address(), event).awaitEnd();
        return new Run(wall, up.processorSeconds() - processors, up.heapBytes());
    }

    private Watched watched(UpProcess up, BenchViewers viewers) throws Exception {
        double processors = up.processorSeconds();
        ProcessorTime own = ProcessorTime.now();
        HttpVideo video = HttpVideo.order(up.address(), event);
        BenchViewers.Watching watching = viewers.watch(video.id(), frameRate());
        double wall = video.awaitEnd();
        Run run = new Run(wall, up.processorSeconds() - processors, up.heapBytes());
        List<ViewerResult> seen = watching.results().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        double used = ProcessorTime.now().since(own).own();
        return new Watched(run, used, seen, video.frames(), video.checksum());
    }

    private Found found(Run before, Watched with, Run after) {
        double wall = (before.wall() + after.wall()) / 2;
        double processors = (before.processors() + after.processors()) / 2;
        double bytes = with.results().stream().mapToLong(ViewerResult::bytes).sum();
        int live = with.live().size();
        List<Figure> figures = List.of(
                Figure.of("viewers.wall-ratio", "ratio", with.run().wall() / wall),
                Figure.of("viewers.processor-ratio", "ratio", with.run().processors() / processors),
                Figure.of(
                        "viewers.processor",
                        "cpu-s per s of video",
                        (with.run().processors() - processors) / event.getSeconds()),
                Figure.of("viewers.sent", "B/s", bytes / with.run().wall()),
                Figure.of("viewers.complete", "count", live - with.lacking().size()),
                Figure.of("viewers.live", "count", live),
                Figure.of("viewers.wall-with", "s", with.run().wall()),
                new Figure("viewers.wall-without", "s", List.of(before.wall(), after.wall())),
                Figure.of("viewers.processor-with", "cpu-s", with.run().processors()),
                new Figure("viewers.processor-without", "cpu-s", List.of(before.processors(), after.processors())),
                Figure.of("viewers.own-processor", "cpu-s", with.own()),
                Figure.of("viewers.heap-with", "MiB", with.run().heap() >> 20),
                new Figure(
                        "viewers.heap-without",
                        "MiB",
                        Stream.of(before.heap(), after.heap())
                                .map(heap -> (double) (heap >> 20))
                                .toList()));
        return new Found(
                figures,
                with.lacking().stream()
                        .map(viewer -> "not all of the video's " + with.frames() + " frames: " + viewer)
                        .toList());
    }

    private int frameRate() {
        return models.find(event.getModel()).manifest().video().fps();
    }
}
