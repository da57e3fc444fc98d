package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.bench.viewers.BenchViewers;
import io.longtake.bench.viewers.ViewerResult;
import io.longtake.event.Checksum;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred viewers of one video that is being made, and one more who does not read. */
@Tag("alone")
@QuarkusTest
class ManyViewersIT {

    private static final int SOCKETS = 100;
    private static final int HLS = 100;
    private static final int SEGMENTS = 20;
    private static final int RATE = 24;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @Inject
    ServedByTest served;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @Test
    void every_live_viewer_gets_every_frame_and_the_stalled_one_is_told_what_it_missed() throws Exception {
        FakeVideoServices services = served.open(folder);
        String video = services.order(SEGMENTS);
        services.grow(video, 0, false);
        try (BenchViewers viewers = new BenchViewers(root, new BenchViewers.Size(SOCKETS, HLS, 0));
                RawSocket stalled = new RawSocket(root, "/v1/videos/" + video + "/frames?start=live")) {
            stalled.readUntil("batch");
            BenchViewers.Watching watching = viewers.watch(video, RATE);

            for (int segment = 1; segment < SEGMENTS; segment++) {
                // a segment comes when everybody has the one before: it is not this machine's speed that is tested
                assertThat(watching.awaitFrames((long) segment * RATE, DEADLINE))
                        .as("everybody has segment %d", segment - 1)
                        .isTrue();
                services.grow(video, segment, segment == SEGMENTS - 1);
            }
            List<ViewerResult> seen = watching.results().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            stalled.readUntil("end");

            long crc = Checksum.of(Http.at(root.resolve("/").toString().replaceAll("/$", ""))
                    .get("/v1/videos/" + video + "/content")
                    .body());
            assertThat(seen).hasSize(SOCKETS + HLS).allSatisfy(viewer -> assertThat(
                            viewer.all((long) SEGMENTS * RATE, crc))
                    .as("%s", viewer)
                    .isTrue());
            int before = stalled.types().indexOf("missed") - 1;
            long missed = stalled.told.get(before + 1).get("from_frame").asLong();
            assertThat(before).as("batches that lay between, as many as may").isBetween(1, 4);
            assertThat(missed).isEqualTo(before * (long) RATE);
            assertThat(stalled.types().subList(before + 1, stalled.types().size()))
                    .containsExactly("missed", "batch", "end");
            assertThat(stalled.told.get(before + 1).get("to_frame"))
                    .isEqualTo(stalled.told.get(before + 2).get("first_frame"));
        }
    }
}
