package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "show",
        description = "Shows what has happened to a video: how far it is, and which worker did what of each stage.",
        mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private VideoIdParameter video;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        String videoId = video.get();
        try (LongtakeClient client = LongtakeClient.create(connection.requireKafka())) {
            VideoReport report = new VideoReport(video.known(client, videoId));
            json.print(report.allFields(), report::print);
        }
        return 0;
    }
}
