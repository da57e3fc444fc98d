package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.Waiting;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A viewer that stops reading altogether holds its place for as long as it may, and no longer. */
@Tag("alone")
@QuarkusTest
@TestProfile(StalledViewerIT.Impatient.class)
class StalledViewerIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** Waits for a second only, and allows one viewer. */
    public static final class Impatient implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("longtake.frames.stalled", "1s", "longtake.frames.viewers", "1");
        }
    }

    @Inject
    ServedByTest served;

    @Inject
    MeterRegistry meters;

    @TestHTTPResource("/")
    private URI root;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1000, 20 << 20})
    void whatever_the_network_takes_of_what_it_is_sent(int bytes) throws Exception {
        FakeVideoServices services = served.open(folder);
        String video = services.order(60);
        services.raw(video, 0, bytes);
        services.raw(video, 1, bytes);

        try (RawSocket viewer = new RawSocket(root, "/v1/videos/" + video + "/frames")) {
            viewer.readUntil("batch");
            assertThat(viewers()).isEqualTo(1);

            awaitNobody();
        }
    }

    @Test
    void a_viewer_above_the_limit_is_told_to_try_again() throws Exception {
        FakeVideoServices services = served.open(folder);
        String video = services.order(60);
        services.grow(video, 0, false);
        String address = "/v1/videos/" + video + "/frames?request=0";

        try (RawSocket first = new RawSocket(root, address)) {
            first.readUntil("header");

            String refused = RawSocket.refusal(root, address);

            assertThat(refused)
                    .startsWith("HTTP/1.1 503 ")
                    .containsIgnoringCase("\r\nRetry-After: 5\r\n")
                    .containsIgnoringCase("\r\nContent-Type: application/problem+json");
        }
        awaitNobody();
        try (RawSocket second = new RawSocket(root, address)) {
            second.readUntil("header");
        }
        awaitNobody();
    }

    private void awaitNobody() {
        Waiting.until("nobody to be connected", DEADLINE, () -> viewers() == 0);
    }

    private double viewers() {
        return meters.get("longtake.frames.viewers").gauge().value();
    }
}
