package io.longtake.cli;

import io.longtake.client.KnownVideo;
import io.longtake.client.LongtakeClient;
import io.longtake.event.VideoId;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which video. */
final class VideoIdParameter {

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Parameters(index = "0", paramLabel = "VIDEO_ID", description = "The video's id, as 'longtake prompt' printed it.")
    private String videoId;

    String get() {
        if (!VideoId.isOne(videoId)) {
            throw new ParameterException(
                    command.commandLine(), "VIDEO_ID " + videoId + " is not a UUID in its canonical form");
        }
        return videoId;
    }

    /** @throws IllegalStateException if nobody asked for it: then nothing would ever be heard of it */
    KnownVideo known(LongtakeClient client, String id) {
        return client.known(id)
                .orElseThrow(() -> new IllegalStateException("there is no video " + id
                        + ": nobody asked this platform for it, or its Kafka no longer remembers"
                        + " ('longtake list' shows those that it has)"));
    }
}
