package io.longtake.bench;

import io.longtake.bench.viewers.BenchViewers;
import io.longtake.bench.viewers.ViewerResult;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import io.longtake.platform.DataDirectory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * What viewers cost: one server makes the same video three times, watched only the second time, by viewers in this process.
 * Two ratios are told, because on one machine viewers take processors from the video that have nothing to do with serving:
 * that of wall times, viewers and all, and that of the processor time which the server itself took.
 *
 * @param own seconds of processors that the viewers' process took
 */
public record ViewersBench(BenchViewers.Size size, double seconds, Run before, Watched with, Run after, double own) {

    private static final long PATIENCE_SECONDS = 60;

    /** One video: seconds from order to end, seconds of the server's processors, and the server's heap afterwards. */
    public record Run(double wall, double processors, long heap) {}

    /** The same, and what viewers saw of its frames, whose checksum is that of the file. */
    public record Watched(Run run, List<ViewerResult> results, long frames, long checksum) {

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

    /** @param launcher the script {@code longtake}, which starts the server */
    public static ViewersBench of(PromptEvent event, BenchViewers.Size size, Path launcher, DataDirectory data)
            throws Exception {
        try (UpProcess up = UpProcess.start(launcher, data);
                BenchViewers viewers = new BenchViewers(up.address(), size)) {
            // a server compiles while it first serves, for a minute or two: that is what starting costs, not what
            // viewers cost
            watched(up, viewers, event);

            Run before = unwatched(up, event);
            double own = ownProcessorSeconds();
            Watched with = watched(up, viewers, event);
            own = ownProcessorSeconds() - own;
            Run after = unwatched(up, event);
            return new ViewersBench(size, event.getSeconds(), before, with, after, own);
        }
    }

    /** Whether every viewer that was not stalled got the whole video. */
    public boolean whole() {
        return with.lacking().isEmpty();
    }

    private static Run unwatched(UpProcess up, PromptEvent event) throws InterruptedException {
        double processors = up.processorSeconds();
        double wall = HttpVideo.order(up.address(), event).awaitEnd();
        return new Run(wall, up.processorSeconds() - processors, up.heapBytes());
    }

    private static Watched watched(UpProcess up, BenchViewers viewers, PromptEvent event) throws Exception {
        double processors = up.processorSeconds();
        HttpVideo video = HttpVideo.order(up.address(), event);
        BenchViewers.Watching watching = viewers.watch(video.id(), frameRate(event));
        double wall = video.awaitEnd();
        Run run = new Run(wall, up.processorSeconds() - processors, up.heapBytes());
        List<ViewerResult> seen = watching.results().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return new Watched(run, seen, video.frames(), video.checksum());
    }

    /** Both ratios, and who did not get every frame, a line each. */
    public String report() {
        Run with = with().run();
        int live = with().live().size();
        List<ViewerResult> lacking = with().lacking();
        double wall = (before.wall() + after.wall()) / 2;
        double processors = (before.processors() + after.processors()) / 2;
        return String.format(
                Locale.ROOT,
                "wall       %.3f = %.2f s with %d viewers / %.2f s without (%.2f s before, %.2f s after); %.0f s of video%n"
                        + "processors %.3f = %.1f s of the server with viewers / %.1f s without (%.1f s, %.1f s)%n"
                        + "heap       %d MiB after the video with viewers; %d MiB and %d MiB without%n"
                        + "the viewers' own process took %.1f s of the same processors%n"
                        + "%d of %d live viewers got all %d frames, byte for byte; %d stalled%n%s",
                with.wall() / wall,
                with.wall(),
                size.sockets() + size.hls(),
                wall,
                before.wall(),
                after.wall(),
                seconds,
                with.processors() / processors,
                with.processors(),
                processors,
                before.processors(),
                after.processors(),
                with.heap() >> 20,
                before.heap() >> 20,
                after.heap() >> 20,
                own,
                live - lacking.size(),
                live,
                with().frames(),
                with().results().size() - live,
                lacking.stream()
                        .map(viewer -> "not all: " + viewer + "%n".formatted())
                        .collect(Collectors.joining()));
    }

    private static int frameRate(PromptEvent event) {
        return ModelRepository.standard()
                .find(event.getModel())
                .manifest()
                .video()
                .fps();
    }

    private static double ownProcessorSeconds() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                        .getProcessCpuTime()
                / 1e9;
    }
}
