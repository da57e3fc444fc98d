package io.longtake.platform;

import static io.longtake.platform.RecordedPlatform.CANCELLED;
import static io.longtake.platform.RecordedPlatform.FINISHED;
import static io.longtake.platform.RecordedPlatform.IN_FLIGHT;
import static io.longtake.platform.RecordedPlatform.NOVEMBER_2026;
import static io.longtake.platform.RecordedPlatform.SETTINGS;
import static io.longtake.platform.RecordedPlatform.WATCHED;
import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.KRaftNode;
import io.longtake.client.Cursor;
import io.longtake.client.DecodedBatch;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.KafkaConnection;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;
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
            goesOn(platform, client);
            haveTheBytesOfThoseMadeAnew(client);
        }
    }

    @Test
    void they_do_if_its_stores_are_lost_because_all_is_in_kafka() throws IOException {
        Utils.delete(data.state().toFile());
        try (Platform platform = Platform.embedded(data, 0, SETTINGS);
                LongtakeClient client = LongtakeClient.create(platform.kafka())) {
            goesOn(platform, client);
        }
    }

    private void goesOn(Platform platform, LongtakeClient client) {
        for (Prompt prompt : List.of(IN_FLIGHT, WATCHED)) {
            ReceivedVideo.await(client, prompt.id(), VideoEventKind.FINISHED);
        }
        DoneWork after = DoneWork.on(platform.kafka());
        assertThat(after.tasks()).containsAll(before.tasks()).doesNotHaveDuplicates();
        assertThat(after.results()).containsAll(before.results()).doesNotHaveDuplicates();
        assertThat(after.frames()).containsAll(before.frames()).doesNotHaveDuplicates();
        assertThat(after.stitched()).containsAll(before.stitched()).doesNotHaveDuplicates();
        for (Prompt ended : List.of(FINISHED, CANCELLED)) {
            assertThat(after.of(ended.id()))
                    .as("nothing happens to what has ended")
                    .isEqualTo(before.of(ended.id()));
        }
        for (Prompt prompt : List.of(IN_FLIGHT, WATCHED)) {
            assertThat(after.of(prompt.id()).open()).isEmpty();
            assertThat(after.of(prompt.id()).stitched()).hasSize(segments(prompt));
            assertThat(kinds(after, prompt)).containsOnlyOnce(VideoEventKind.ACCEPTED, VideoEventKind.FINISHED);
        }
        assertThat(platform.failure()).isEmpty();
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
            assertSamePictures(client, wentOn, anew);
        }
    }

    /** The first segments were made where the recording was: processors of another kind round otherwise (decision 6). */
    private static void assertSamePictures(LongtakeClient client, ReceivedVideo one, ReceivedVideo other) {
        byte[] found = pixels(client, one);
        byte[] expected = pixels(client, other);
        assertThat(found).hasSameSizeAs(expected);
        assertThat(IntStream.range(0, found.length)
                        .map(i -> Math.abs((found[i] & 0xFF) - (expected[i] & 0xFF)))
                        .max()
                        .orElseThrow())
                .isLessThanOrEqualTo(1);
    }

    private static byte[] pixels(LongtakeClient client, ReceivedVideo video) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (Cursor<DecodedBatch> batches =
                client.video(video.order().getVideoId()).decodedFrames().open()) {
            batches.forEach(batch -> pixels.writeBytes(batch.item().frames().rgb()));
        }
        return pixels.toByteArray();
    }

    private void theRecordingIsStillWhatItWas() {
        assertThat(kinds(before, FINISHED)).last().isEqualTo(VideoEventKind.FINISHED);
        assertThat(kinds(before, CANCELLED)).last().isEqualTo(VideoEventKind.CANCELLED);
        for (Prompt prompt : List.of(IN_FLIGHT, WATCHED)) {
            assertThat(before.of(prompt.id()).stitched()).hasSizeBetween(4, segments(prompt) - 4);
        }
        assertThat(before.of(WATCHED.id()).open()).as("it waits for its viewer").isEmpty();
        assertThat(before.of(IN_FLIGHT.id()).open().stream().map(DoneWork.Task::stage))
                .as("stages that have tasks in the queue")
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(3);
    }

    private static List<VideoEventKind> kinds(DoneWork done, Prompt prompt) {
        return done.of(prompt.id()).events().stream().map(VideoEvent::getKind).toList();
    }

    private static int segments(Prompt prompt) {
        return (int) (prompt.event().getSeconds() * 8 / 4);
    }
}
