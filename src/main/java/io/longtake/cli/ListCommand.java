package io.longtake.cli;

import io.longtake.client.KnownVideo;
import io.longtake.client.LongtakeClient;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "list",
        description = "Lists the videos of a running platform, the latest first, as far back as its Kafka remembers.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() {
        try (LongtakeClient client = LongtakeClient.create(connection.requireKafka())) {
            List<KnownVideo> videos = client.knownVideos();
            json.print(
                    Map.of(
                            "videos",
                            videos.stream()
                                    .map(video -> new VideoReport(video).fields())
                                    .toList()),
                    out -> {
                        out.println(VideoReport.HEAD);
                        videos.forEach(video -> out.println(new VideoReport(video).line()));
                    });
        }
        return 0;
    }
}
