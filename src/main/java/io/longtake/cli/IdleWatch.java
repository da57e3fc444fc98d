package io.longtake.cli;

import io.longtake.platform.Platform;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until a worker has had no task for a while: one that was started for what there was to do, ends when it is done. */
final class IdleWatch {

    private static final Logger LOG = LoggerFactory.getLogger(IdleWatch.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private IdleWatch() {}

    /** @param end called once */
    static void start(Platform platform, Duration time, Runnable end) {
        Thread thread = new Thread(() -> watch(platform, time, end), "longtake-idle-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(Platform platform, Duration time, Runnable end) {
        try {
            while (platform.idle().filter(idle -> idle.compareTo(time) >= 0).isEmpty()) {
                Thread.sleep(LOOK.toMillis());
            }
            LOG.info("no task for {} s: this process ends", time.toSeconds());
            end.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
