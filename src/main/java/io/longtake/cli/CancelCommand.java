package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import java.util.Map;
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

    @Mixin
    private JsonOption json;

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
            switch (video.known(client, videoId).state()) {
                case FINISHED, FAILED -> throw new IllegalStateException("video " + videoId + " has ended already");
                case ORDERED, MAKING -> client.video(videoId).cancel(reason);
                case CANCELLED -> {} // as was wanted
            }
        }
        json.print(Map.of("video_id", videoId, "state", "cancelled"), out -> out.println("cancelled " + videoId));
        return 0;
    }
}
