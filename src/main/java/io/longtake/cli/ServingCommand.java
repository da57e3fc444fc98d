package io.longtake.cli;

import io.longtake.platform.Platform;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;

/** A command that runs until it is told to stop, with Quarkus around what it opens. */
interface ServingCommand {

    /**
     * What a command has opened.
     *
     * @param platform the roles of this process
     * @param videos what it serves over HTTP, if it does
     */
    record Opened(Platform platform, Optional<PlatformVideos> videos) {

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
