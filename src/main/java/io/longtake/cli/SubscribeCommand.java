package io.longtake.cli;

import io.longtake.client.LongtakeClient;
import io.longtake.client.Video;
import io.longtake.client.VideoEndedException;
import io.longtake.event.KafkaConnection;
import io.longtake.video.Codec;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "subscribe",
        description =
                "Receives a video from a running platform, from its first frame, and writes it to a file: all of it,"
                        + " or what was delivered before it failed or was cancelled.",
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
                    received(client.video(videoId), file, progress, connection.addressCheck(kafka));
            progress.close();
            output.tell(videoId, finished, json);
        }
        return 0;
    }

    /** What was delivered before a video failed or was cancelled stays: there will never be more of it. */
    private static OutputFile.Finished received(Video video, OutputFile file, Progress progress, Runnable check)
            throws IOException {
        try {
            return Watch.video(video, file, progress, check);
        } catch (VideoEndedException e) {
            OutputFile.Finished part = file.frames() == 0 ? null : file.finish();
            throw part == null
                    ? e
                    : new IllegalStateException(
                            e.getMessage() + " (" + part.path() + " has the " + part.frames() + " frames that came)",
                            e);
        }
    }

    /** Opened once it is known that there is such a video, and what it is. */
    private OutputFile fitting(Optional<String> codec) {
        codec.map(Codec::parse).ifPresent(output::file);
        return output.open();
    }
}
