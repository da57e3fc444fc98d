package io.longtake.cli;

import io.longtake.bench.FirstPictureBench;
import io.longtake.event.PromptEvent;
import io.longtake.model.ModelRepository;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "first-picture",
        description = {
            "Measures the time from an order over HTTP until its first frames come over a WebSocket: of the first video"
                    + " after the start of 'longtake up', and of the next ones.",
            "Each video is ordered when the one before is complete."
        },
        mixinStandardHelpOptions = true)
final class BenchFirstPictureCommand implements Callable<Integer> {

    @Mixin
    private BenchVideoOptions video;

    @Mixin
    private BenchOptions bench;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "2",
            description = "Length of each video in seconds (default: ${DEFAULT-VALUE}).")
    private double seconds;

    @Option(
            names = "--starts",
            paramLabel = "N",
            defaultValue = "3",
            description = "How often the server is started (default: ${DEFAULT-VALUE}).")
    private int starts;

    @Option(
            names = "--videos",
            paramLabel = "N",
            defaultValue = "4",
            description = "Videos after each start (default: ${DEFAULT-VALUE}).")
    private int videos;

    @Override
    public Integer call() throws Exception {
        PromptEvent event = video.event(seconds);
        return bench.run(
                () -> new FirstPictureBench(bench.launcher(), event, ModelRepository.standard(), starts, videos));
    }
}
