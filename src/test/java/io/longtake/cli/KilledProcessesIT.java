package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.FreePort;
import io.longtake.client.Cursor;
import io.longtake.client.Delivery;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that die while a video is made, on the Kafka that comes along: the video goes on without help from a person. */
@Tag("alone")
@Timeout(600)
class KilledProcessesIT {

    /** On a quiet machine 30 s are enough; one that builds and tests beside this is not quiet. */
    private static final Duration GOES_ON =
            Duration.ofSeconds(Integer.getInteger("longtake.test.goes-on-seconds", 120));

    private static final String PROMPT = "a drive at night";

    @TempDir
    private Path workspace;

    @Test
    void the_video_survives_its_kafka_then_its_director_and_stitcher_then_its_worker() throws Exception {
        String data = workspace.resolve("data").toString();
        String alone =
                sha256("alone.mp4", "--data-dir", workspace.resolve("alone").toString());
        try (Commands commands = new Commands(workspace)) {
            int firstPort = FreePort.find();
            int secondPort = FreePort.find();
            Commands.Running first =
                    commands.serve("first", "up", "--data-dir", data, "--port", Integer.toString(firstPort));
            Commands.Running worker = commands.serve("worker", "worker", "--data-dir", data);
            commands.serve("second", "up", "--data-dir", data, "--port", Integer.toString(secondPort));
            commands.await("both are ready", () -> commands.isReady(firstPort) && commands.isReady(secondPort));
            String address = Files.readString(Path.of(data, "kafka.address")).strip();
            try (LongtakeClient client = LongtakeClient.create(address)) {
                Prompt prompt = Prompt.of(PROMPT).seconds(12).seed(7);
                client.send(prompt);
                Commands.Running subscriber = commands.start(
                        "subscriber", "subscribe", prompt.id(), "--data-dir", data, "-o", workspace + "/video.mp4");
                try (Cursor<VideoEvent> events =
                        client.video(prompt.id()).events().open()) {
                    awaitStitched(events);

                    first.broker().orElseThrow().destroyForcibly();
                    awaitStitched(events);
                    assertThat(first.said()).contains("the embedded Kafka at " + address + " ended with status 137");

                    first.kill();
                    awaitStitched(events);

                    worker.kill();
                    awaitStitched(events);
                }
                assertThat(subscriber.status()).as(subscriber.said()).isZero();
                assertThat(subscriber.said()).contains("288 frames").contains(alone);
            }
        }
    }

    private String sha256(String file, String... more) throws Exception {
        String[] args = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(
                                "generate",
                                PROMPT,
                                "--seconds",
                                "12",
                                "--seed",
                                "7",
                                "-o",
                                workspace.resolve(file).toString()),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        Command.Outcome outcome = new Command(workspace).run(args);
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return outcome.out().substring(outcome.out().indexOf("sha256"));
    }

    /** Two segments from now: one may have been on its way already. */
    private static void awaitStitched(Cursor<VideoEvent> events) {
        int seen = 0;
        long end = System.nanoTime() + GOES_ON.toNanos();
        while (seen < 2) {
            Optional<Delivery<VideoEvent>> event = events.poll(Duration.ofMillis(200));
            if (event.isPresent() && event.get().item().getKind() == VideoEventKind.STITCHED) {
                seen++;
            }
            assertThat(System.nanoTime())
                    .as("the video goes on within " + GOES_ON)
                    .isLessThan(end);
        }
    }
}
