package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.FreePort;
import io.longtake.broker.MortalBroker;
import io.longtake.client.Cursor;
import io.longtake.client.LongtakeClient;
import io.longtake.client.Prompt;
import io.longtake.event.VideoEvent;
import io.longtake.event.VideoEventKind;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several commands on one data directory, whose Kafka is run by one of them. */
@Timeout(600)
class OneDirectoryIT {

    @TempDir
    private Path workspace;

    private Commands commands;
    private String data;

    @BeforeEach
    void prepare() {
        commands = new Commands(workspace);
        data = workspace.resolve("data").toString();
    }

    @AfterEach
    void stop() {
        commands.close();
    }

    @Test
    void a_second_generate_makes_its_video_to_the_end_though_the_first_one_takes_its_kafka_along() throws Exception {
        Commands.Running first = generate("first", 1);
        Command.awaitText(first.process(), first.err(), "accepted");
        Commands.Running second = generate("second", 6);

        assertThat(first.status()).as(first.said()).isZero();
        assertThat(second.status()).as(second.said()).isZero();

        assertThat(second.said()).contains("144 frames");
        assertThat(Files.readString(Path.of(data, "logs/longtake.log")))
                .contains("the embedded Kafka is there again")
                .contains("nobody plays");
    }

    @Test
    void workers_and_subscribers_are_found_again_by_an_up_that_is_restarted() throws Exception {
        int port = FreePort.find();
        Commands.Running up = up("before", port);
        Commands.Running worker =
                commands.serve("worker", "worker", "--data-dir", data, "--stages", "interpolate,decode,upsample");
        String address = Files.readString(Path.of(data, "kafka.address")).strip();
        Prompt prompt = Prompt.of("a drive").seconds(8).seed(1);
        Commands.Running subscriber;
        try (LongtakeClient client = LongtakeClient.create(address)) {
            client.send(prompt);
            subscriber = commands.start(
                    "subscriber", "subscribe", prompt.id(), "--data-dir", data, "-o", workspace + "/video.mp4");
            awaitStitched(client, prompt);
        }

        up.stop();
        up("after", port);

        assertThat(Files.readString(Path.of(data, "kafka.address")).strip()).isEqualTo(address);
        assertThat(subscriber.status()).as(subscriber.said()).isZero();
        assertThat(subscriber.said()).contains("192 frames");
        assertThat(worker.process().isAlive()).isTrue();
    }

    @Test
    void generate_ends_when_it_is_told_to_though_its_kafka_is_gone() throws Exception {
        try (MortalBroker broker = new MortalBroker(workspace.resolve("broker"))) {
            Commands.Running generate = commands.start(
                    "generate",
                    "generate",
                    "a drive",
                    "--seconds",
                    "600",
                    "--bootstrap-servers",
                    broker.kafka().bootstrapServers(),
                    "--data-dir",
                    data,
                    "-o",
                    workspace + "/video.mp4");
            Command.awaitText(generate.process(), generate.err(), "accepted");
            broker.kill();

            generate.stop();

            assertThat(workspace.resolve("video.mp4")).doesNotExist();
        }
    }

    private Commands.Running generate(String name, int seconds) throws Exception {
        return commands.start(
                name,
                "generate",
                "a drive at night",
                "--seconds",
                Integer.toString(seconds),
                "--data-dir",
                data,
                "-o",
                workspace.resolve(name + ".mp4").toString());
    }

    private Commands.Running up(String name, int port) throws Exception {
        Commands.Running up = commands.serve(
                name, "up", "--data-dir", data, "--port", Integer.toString(port), "--stages", "keyframes");
        commands.await("it is ready", () -> commands.isReady(port));
        return up;
    }

    private static void awaitStitched(LongtakeClient client, Prompt prompt) {
        try (Cursor<VideoEvent> events = client.video(prompt.id()).events().open()) {
            while (events.next().item().getKind() != VideoEventKind.STITCHED) {
                // those before it
            }
        }
    }
}
