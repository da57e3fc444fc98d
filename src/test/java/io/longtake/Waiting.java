package io.longtake;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for a condition that somebody else makes true. A busy machine takes its time: who is well is not waited for. */
public final class Waiting {

    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(20);

    private Waiting() {}

    public static void until(String what, Callable<Boolean> condition) {
        until(what, DEADLINE, condition);
    }

    /** Asked by the thread that waits, because some conditions are only that thread's to ask. */
    public static void until(String what, Duration deadline, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .atMost(deadline)
                .until(condition);
    }

    /** The same for what a process does; one that has ended is not waited for. */
    public static void until(String what, Duration deadline, Process process, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK)
                .atMost(deadline)
                .failFast("the process has ended", () -> !process.isAlive())
                .until(condition);
    }
}
