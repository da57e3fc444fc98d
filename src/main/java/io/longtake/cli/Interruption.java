package io.longtake.cli;

import io.longtake.client.Video;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What Ctrl-C means while a video is being made: cancel it, so that nobody goes on imagining it, then wait until the command
 * has closed what it started. To be opened before all else that the command opens, so that it is closed last.
 */
final class Interruption implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;
    /** A Kafka that is gone takes no cancellation. */
    private static final long CANCELLATION_SECONDS = 5;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "longtake-interruption");
    private volatile Runnable cancellation = () -> {};

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on there is a video to cancel. */
    void cancels(Video video) {
        cancellation = () -> video.cancel("interrupted");
    }

    private void interrupt() {
        try {
            Thread cancelling = new Thread(cancellation, "longtake-cancellation");
            cancelling.setDaemon(true);
            cancelling.start();
            cancelling.join(TimeUnit.SECONDS.toMillis(CANCELLATION_SECONDS));
            closed.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is on its way down: the hook is what waited for us
        }
    }
}
