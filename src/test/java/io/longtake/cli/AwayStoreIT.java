package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.FreePort;
import io.longtake.library.S3Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longtake up} over an object store that is not there yet. */
class AwayStoreIT {

    @TempDir
    private Path workspace;

    private S3Server s3;
    private Path err;
    private Process up;

    @BeforeEach
    void start() throws IOException {
        s3 = S3Server.start(Files.createDirectory(workspace.resolve("s3")));
        s3.stop();
        err = workspace.resolve("up.err");
        up = new Command(workspace, Map.of("AWS_ACCESS_KEY_ID", S3Server.KEY, "AWS_SECRET_ACCESS_KEY", S3Server.SECRET))
                .start(
                        workspace.resolve("up.out"),
                        err,
                        "up",
                        "--port",
                        Integer.toString(FreePort.find()),
                        "--data-dir",
                        workspace.resolve("data").toString(),
                        "--library",
                        "s3://videos/a?endpoint=" + s3.endpoint());
    }

    @AfterEach
    void stop() throws InterruptedException {
        up.destroyForcibly().waitFor();
        s3.close();
    }

    @Test
    void a_server_waits_until_its_store_is_there_and_starts_then() throws Exception {
        Command.awaitText(
                up,
                err,
                "longtake up: waiting for the store: cannot write s3://videos/a/probe: no answer at " + s3.endpoint());

        s3.start();

        Command.awaitText(up, err, "Ctrl-C ends it");
        assertThat(Files.readString(err)).contains("longtake up: the store answers, after ");
    }

    @Test
    void a_server_that_is_told_to_end_while_it_waits_does_so() throws Exception {
        Command.awaitText(up, err, "waiting for the store");

        up.destroy();

        assertThat(up.waitFor()).as("it was SIGTERM").isEqualTo(143);
        assertThat(Files.readString(err)).doesNotContain("the store answers", "Ctrl-C ends it");
    }
}
