package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import io.longtake.event.KafkaConnection;
import io.longtake.video.Codec;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "subscribe",
        description = "Receives a video from a running platform, from its first frame, and writes it to a file.",
        mixinStandardHelpOptions = true)
final class SubscribeCommand implements Callable<Integer> {

    @Mixin
    private VideoIdParameter video;

    @Mixin
    private OutputOption output;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private JsonOption json;

    @Override
    public Integer call() throws Exception {
        String videoId = video.get();
        output.file();
        KafkaConnection kafka = connection.requireKafka();
        try (Progress progress = Progress.on(System.err);
                LongtakeClient client = LongtakeClient.create(kafka);
                OutputFile file = fitting(video.known(client, videoId).codec())) {
            OutputFile.Finished finished =
                    Watch.video(client.video(videoId), file, progress, connection.addressCheck(kafka));
            progress.close();
            output.tell(videoId, finished, json);
        }
        return 0;
    }

    /** Opened once it is known that there is such a video, and what it is. */
    private OutputFile fitting(Optional<String> codec) {
        codec.map(Codec::parse).ifPresent(output::file);
        return output.open();
    }
}
