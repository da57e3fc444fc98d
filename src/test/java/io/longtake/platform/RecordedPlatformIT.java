package io.longtake.platform;

import static io.longtake.platform.RecordedPlatform.CANCELLED;
import static io.longtake.platform.RecordedPlatform.FINISHED;
import static io.longtake.platform.RecordedPlatform.IN_FLIGHT;
import static io.longtake.platform.RecordedPlatform.NOVEMBER_2026;
import static io.longtake.platform.RecordedPlatform.SETTINGS;
import static io.longtake.platform.RecordedPlatform.WATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.event.VideoEventKind;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A platform of an earlier version, stopped with videos in flight, is opened by this one. */
@Timeout(600)
class RecordedPlatformIT {

    @TempDir
    private Path directory;

    private DataDirectory data;
    private DoneWork before;

    @BeforeEach
    void unpack() {
        data = new DataDirectory(directory);
        NOVEMBER_2026.unpack(directory, Instant.now());
        try (KRaftNode kafka = KRaftNode.start(data.broker(), 0)) {
            before = DoneWork.on(KafkaConnection.to(kafka.bootstrapServers()));
        }
    }

    @Test
    void its_videos_come_to_their_end_and_nothing_is_made_twice() {
        theRecordingIsStillWhatItWas();
        try (Platform platform = Platform.embedded(data, 0, SETTINGS);
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            for (Prompt prompt : List.of(IN_FLIGHT, WATCHED)) {
                ReceivedVideo.await(client, prompt.id(), VideoEventKind.FINISHED);
            }
            RecordedPlatform.assertWentOn(before, DoneWork.on(platform.kafka()));
            haveTheBytesOfThoseMadeAnew(client);
            assertThat(platform.failure()).isEmpty();
        }
    }

    private static void haveTheBytesOfThoseMadeAnew(LongtakeClient client) {
        boolean sameProcessor = Arrays.equals(
                ReceivedVideo.receive(client, FINISHED.event()).bytes(),
                ReceivedVideo.order(client, RecordedPlatform.anew(FINISHED)).bytes());
        for (Prompt prompt : List.of(IN_FLIGHT, WATCHED)) {
            ReceivedVideo wentOn = ReceivedVideo.receive(client, prompt.event());
            ReceivedVideo anew = ReceivedVideo.order(client, RecordedPlatform.anew(prompt));
            if (sameProcessor) {
                assertThat(wentOn.bytes()).isEqualTo(anew.bytes());
            }
            RecordedPlatform.assertSamePictures(client, wentOn, anew);
        }
    }

    private void theRecordingIsStillWhatItWas() {
        assertThat(before.of(FINISHED.id()).kinds()).last().isEqualTo(VideoEventKind.FINISHED);
        assertThat(before.of(CANCELLED.id()).kinds()).last().isEqualTo(VideoEventKind.CANCELLED);
        for (Prompt prompt : List.of(IN_FLIGHT, WATCHED)) {
            assertThat(before.of(prompt.id()).stitched()).hasSizeBetween(4, RecordedPlatform.segments(prompt) - 4);
        }
        assertThat(before.of(WATCHED.id()).open()).as("it waits for its viewer").isEmpty();
        assertThat(before.of(IN_FLIGHT.id()).open().stream().map(DoneWork.Task::stage))
                .as("stages that have tasks in the queue")
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(3);
    }
}
