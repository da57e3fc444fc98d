package io.longtake.cli;

import io.longtake.platform.Platform;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for a role of this process to fail for good: a process that does its work no longer must not look as if it did. */
final class FailureWatch {

    private static final Logger LOG = LoggerFactory.getLogger(FailureWatch.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private FailureWatch() {}

    /** @param end told the reason, once */
    static void start(Platform platform, Consumer<String> end) {
        Thread thread = new Thread(() -> watch(platform, end), "longtake-failure-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private static void watch(Platform platform, Consumer<String> end) {
        try {
            while (true) {
                Optional<String> failure = platform.failure();
                if (failure.isPresent()) {
                    LOG.error("this process ends: {}", failure.get());
                    end.accept(failure.get());
                    return;
                }
                Thread.sleep(LOOK.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
