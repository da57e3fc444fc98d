package io.longtake.cli;

import io.longtake.cli.viewers.BenchViewers;
import io.longtake.cli.viewers.ViewerResult;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import io.longtake.platform.DataDirectory;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * What viewers cost: one server makes the same video three times, watched only the second time, by viewers in this process.
 * Two ratios are told, because on one machine viewers take processors from the video that have nothing to do with serving:
 * that of wall times, viewers and all, and that of the processor time which the server itself took.
 */
@Command(
        name = "viewers",
        description = {
            "Wall and processor time of a video with viewers over the same without.",
            "A server in a process of its own makes the video unwatched, watched, unwatched; the viewers are in this"
                    + " process, on the same machine, and see whether they get every frame."
        },
        mixinStandardHelpOptions = true)
final class BenchViewersCommand implements Callable<Integer> {

    private static final long PATIENCE_SECONDS = 60;

    @Spec
    private CommandSpec spec;

    @Mixin
    private PromptOptions prompt;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--sockets",
            paramLabel = "N",
            defaultValue = "100",
            description = "Viewers over WebSockets (default: ${DEFAULT-VALUE}).")
    private int sockets;

    @Option(
            names = "--hls",
            paramLabel = "N",
            defaultValue = "100",
            description = "Viewers over HLS (default: ${DEFAULT-VALUE}).")
    private int hls;

    @Option(
            names = "--stalled",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the viewers over WebSockets: those that stop reading (default: ${DEFAULT-VALUE}).")
    private int stalled;

    /** One video: seconds from order to end, seconds of the server's processors, and the server's heap afterwards. */
    private record Run(double wall, double processors, long heap) {}

    @Override
    public Integer call() throws Exception {
        PromptEvent event = prompt.event();
        BenchViewers.Size size = new BenchViewers.Size(sockets, hls, stalled);
        DataDirectory data = new DataDirectory(connection.data().path().resolve("bench-viewers"));
        try (UpProcess up = UpProcess.start(launcher(), data);
                BenchViewers viewers = new BenchViewers(up.address(), size)) {
            // a server compiles while it first serves, for a minute or two: that is what starting costs, not what
            // viewers cost
            watched(up, viewers, event);

            Run before = unwatched(up, event);
            double own = ownProcessorSeconds();
            Watched with = watched(up, viewers, event);
            own = ownProcessorSeconds() - own;
            Run after = unwatched(up, event);

            System.out.print(report(event.getSeconds(), before, with.run(), after));
            System.out.printf(Locale.ROOT, "the viewers' own process took %.1f s of the same processors%n", own);
            return print(with) ? 0 : 1;
        }
    }

    private record Watched(Run run, List<ViewerResult> results, long frames, long checksum) {}

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

    private String report(double seconds, Run before, Run with, Run after) {
        double wall = (before.wall() + after.wall()) / 2;
        double processors = (before.processors() + after.processors()) / 2;
        return String.format(
                Locale.ROOT,
                "wall       %.3f = %.2f s with %d viewers / %.2f s without (%.2f s before, %.2f s after); %.0f s of video%n"
                        + "processors %.3f = %.1f s of the server with viewers / %.1f s without (%.1f s, %.1f s)%n"
                        + "heap       %d MiB after the video with viewers; %d MiB and %d MiB without%n",
                with.wall() / wall,
                with.wall(),
                sockets + hls,
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
                after.heap() >> 20);
    }

    /** Whether every viewer that was not stalled got the whole video. */
    private static boolean print(Watched with) {
        List<ViewerResult> live = with.results().stream()
                .filter(viewer -> viewer.kind() != ViewerResult.ViewerKind.STALLED)
                .toList();
        List<ViewerResult> lacking = live.stream()
                .filter(viewer -> !viewer.all(with.frames(), with.checksum()))
                .toList();
        System.out.printf(
                "%d of %d live viewers got all %d frames, byte for byte; %d stalled%n",
                live.size() - lacking.size(),
                live.size(),
                with.frames(),
                with.results().size() - live.size());
        lacking.forEach(viewer -> System.out.println("not all: " + viewer));
        return lacking.isEmpty();
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

    private Path launcher() {
        String home = System.getProperty("longtake.home");
        if (home == null) {
            throw new ParameterException(
                    spec.commandLine(), "run it by its launcher, ./longtake: it starts another one");
        }
        return Path.of(home, "longtake");
    }
}
