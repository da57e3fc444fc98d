package io.longtake.platform;

import io.longtake.event.LastingFault;
import io.longtake.event.ProcessFault;
import io.longtake.event.Reason;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an application whose stream thread has died: it gets another one, unless the fault is one that the next thread
 * would meet, too.
 */
final class ThreadDeaths {

    private static final Logger LOG = LoggerFactory.getLogger(ThreadDeaths.class);

    /** Deaths in a row, each within {@link #QUIET} of the one before, that are too many. */
    static final int MAX_DEATHS = 5;

    static final Duration QUIET = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final String application;
    private final LongSupplier nanos;
    private final Consumer<Duration> pause;
    private int deaths;
    private long last;
    private volatile String failure;

    ThreadDeaths(String application) {
        this(application, System::nanoTime, ThreadDeaths::sleep);
    }

    ThreadDeaths(String application, LongSupplier nanos, Consumer<Duration> pause) {
        this.application = application;
        this.nanos = nanos;
        this.pause = pause;
    }

    /** Called by the dying thread, which pauses here, so that faults in a row take some seconds. */
    synchronized StreamThreadExceptionResponse answer(Throwable fault) {
        long now = nanos.getAsLong();
        deaths = deaths > 0 && now - last < QUIET.toNanos() ? deaths + 1 : 1;
        last = now;
        if (LastingFault.isIn(fault) || ProcessFault.isIn(fault) || deaths == MAX_DEATHS) {
            failure = String.format(Locale.ROOT, "%s has stopped: %s", application, Reason.ofFirstCause(fault));
            LOG.error("{}; its stream thread died {} times in a row", failure, deaths, fault);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
        LOG.error(
                "{}: stream thread death {} of at most {}, a new thread goes on",
                application,
                deaths,
                MAX_DEATHS,
                fault);
        pause.accept(PAUSE.multipliedBy(deaths));
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    /** Why the application has stopped; empty if it has not. */
    Optional<String> failure() {
        return Optional.ofNullable(failure);
    }

    private static void sleep(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
