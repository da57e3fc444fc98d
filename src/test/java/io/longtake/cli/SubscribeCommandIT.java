package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.broker.SharedBroker;
import io.longtake.client.PlatformWriter;
import io.longtake.event.Checksum;
import io.longtake.event.FragmentChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedBroker.class)
class SubscribeCommandIT {

    private final String videoId = UUID.randomUUID().toString();
    private final StringWriter err = new StringWriter();
    private final KafkaConnection kafka;
    private final PlatformWriter platform;

    @TempDir
    private Path folder;

    SubscribeCommandIT(KafkaConnection kafka) {
        this.kafka = kafka;
        this.platform = new PlatformWriter(kafka, videoId);
    }

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void what_was_delivered_of_a_cancelled_video_stays() {
        platform.committed(Topic.SEGMENTS, fragment(0, 0, "header "), fragment(1, 24, "second"));
        platform.committed(
                Topic.VIDEOS, event(VideoEventKind.ACCEPTED, ""), event(VideoEventKind.CANCELLED, "no\nmore"));
        Path file = folder.resolve("video.mp4");

        assertThat(subscribe(file)).isEqualTo(1);

        assertThat(file).hasContent("header second");
        assertThat(err.toString())
                .isEqualTo("longtake subscribe: the video was cancelled after 24 frames: no more (" + file
                        + " has the 24 frames that came)" + System.lineSeparator());
    }

    @Test
    void a_video_of_which_nothing_was_delivered_leaves_no_file() {
        platform.committed(Topic.VIDEOS, event(VideoEventKind.ACCEPTED, ""), event(VideoEventKind.FAILED, "no worker"));

        assertThat(subscribe(folder.resolve("video.mp4"))).isEqualTo(1);

        assertThat(folder).isEmptyDirectory();
        assertThat(err.toString())
                .isEqualTo("longtake subscribe: the video failed: no worker" + System.lineSeparator());
    }

    private int subscribe(Path file) {
        return Main.commandLine()
                .setErr(new PrintWriter(err))
                .execute("subscribe", videoId, "-o", file.toString(), "--bootstrap-servers", kafka.bootstrapServers());
    }

    private VideoEvent event(VideoEventKind kind, String message) {
        return VideoEvent.newBuilder()
                .setVideoId(videoId)
                .setKind(kind)
                .setFrames(24)
                .setTotalFrames(48)
                .setFrameRate(24)
                .setMessage(message)
                .setAt(Instant.ofEpochSecond(1))
                .build();
    }

    private FragmentChunk fragment(int number, int frames, String text) {
        ByteBuffer data = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return FragmentChunk.newBuilder()
                .setVideoId(videoId)
                .setFragment(number)
                .setFirstFrame(0)
                .setFrameCount(frames)
                .setContainer("mp4")
                .setLast(false)
                .setChunk(0)
                .setChunkCount(1)
                .setCrc32c(Checksum.of(data))
                .setData(data)
                .build();
    }
}
