package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "cancel",
        description = "Stops a video; what was delivered stays playable.",
        mixinStandardHelpOptions = true)
final class CancelCommand implements Callable<Integer> {

    @Mixin
    private VideoIdParameter video;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Shown to everybody who follows the video.")
    private String reason;

    @Override
    public Integer call() {
        String videoId = video.get();
        try (LongtakeClient client = LongtakeClient.create(connection.requireKafka())) {
            client.video(videoId).cancel(reason);
        }
        return 0;
    }
}
