package io.longtake.cli;

import io.longtake.platform.Platform;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;

/** A command that runs until it is told to stop, with Quarkus around what it opens. */
interface ServingCommand {

    /**
     * What a command has opened.
     *
     * @param platform the roles of this process
     * @param videos what it serves over HTTP, if it does
     * @param untilIdle after how long without a task it ends; empty: it does not end by itself
     */
    record Opened(Platform platform, Optional<PlatformVideos> videos, Optional<Duration> untilIdle) {

        Opened(Platform platform, Optional<PlatformVideos> videos) {
            this(platform, videos, Optional.empty());
        }

        void close() {
            platform.close();
            videos.ifPresent(PlatformVideos::close);
        }
    }

    /**
     * Opens what the command's options ask for, and says so on standard error.
     *
     * @param meters where things are counted
     * @param listens port of HTTP
     */
    Opened open(MeterRegistry meters, int listens);
}
