package io.longtake.cli;

import io.longtake.bench.ViewersBench;
import io.longtake.bench.viewers.BenchViewers;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "viewers",
        description = {
            "Divides the wall and processor time of a video with viewers by the same without viewers.",
            "A server in a separate process makes the video unwatched, watched and unwatched. The viewers run in this"
                    + " process, on the same machine, and check that they get every frame."
        },
        mixinStandardHelpOptions = true)
final class BenchViewersCommand implements Callable<Integer> {

    @Mixin
    private BenchVideoOptions video;

    @Mixin
    private BenchOptions bench;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "10",
            description = "Length of the video in seconds (default: ${DEFAULT-VALUE}).")
    private double seconds;

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
            description = "How many of the WebSocket viewers stop reading (default: ${DEFAULT-VALUE}).")
    private int stalled;

    @Override
    public Integer call() throws Exception {
        PromptEvent event = video.event(seconds);
        return bench.run(() -> {
            BenchViewers.Size size = new BenchViewers.Size(sockets, hls, stalled);
            return new ViewersBench(bench.launcher(), event, ModelRepository.standard(), size);
        });
    }
}
