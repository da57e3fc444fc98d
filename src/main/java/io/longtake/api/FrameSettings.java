package io.longtake.api;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.time.Duration;

/** {@code longtake.frames.*}, as properties of the JVM or as variables like {@code LONGTAKE_FRAMES_VIEWERS}. */
@ConfigMapping(prefix = "longtake.frames")
interface FrameSettings {

    @WithDefault("2000")
    int viewers();

    @WithName("viewers-per-film")
    @WithDefault("1000")
    int viewersPerVideo();

    @WithDefault("4")
    int batchesInFlight();

    @WithDefault("1048576")
    int bytesInFlight();

    @WithDefault("3")
    int liveLag();

    @WithDefault("30s")
    Duration stalled();

    /** Below the half minute after which proxies like to close a silent connection. */
    @WithDefault("15s")
    Duration heartbeat();
}
