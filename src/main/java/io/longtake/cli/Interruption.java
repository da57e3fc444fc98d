package io.longtake.cli;

import io.longtake.client.Video;
import io.longtake.event.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What Ctrl-C means while a video is being made: cancel it, so that nobody goes on imagining it, then wait until the command
 * has closed what it started. To be opened before all else that the command opens, so that it is closed last.
 */
final class Interruption implements AutoCloseable {

    private final Duration cancelling;
    private final Duration closing;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "longtake-interruption");
    private volatile Runnable cancellation = () -> {};
    private volatile String undelivered;

    Interruption() {
        // a Kafka that is gone takes no cancellation
        this(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    /**
     * @param cancelling how long a cancellation may take
     * @param closing how long the command may take then to close what it started
     */
    Interruption(Duration cancelling, Duration closing) {
        this.cancelling = cancelling;
        this.closing = closing;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on there is a video to cancel. */
    void cancels(Video video) {
        cancels(() -> video.cancel("interrupted"));
    }

    void cancels(Runnable how) {
        cancellation = how;
    }

    /** @throws IllegalStateException if the video could not be cancelled: then nobody will say that it has ended */
    void requireDelivered() {
        String why = undelivered;
        if (why != null) {
            throw new IllegalStateException("interrupted, and the video cannot be cancelled: " + why);
        }
    }

    /** Runs when the JVM is told to end. */
    void interrupt() {
        try {
            cancel();
            closed.await(closing.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void cancel() throws InterruptedException {
        CompletableFuture<Void> delivered = CompletableFuture.runAsync(cancellation, task -> {
            Thread thread = new Thread(task, "longtake-cancellation");
            thread.setDaemon(true);
            thread.start();
        });
        try {
            delivered.get(cancelling.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            undelivered = Reason.of(e.getCause());
        } catch (TimeoutException e) {
            undelivered = "Kafka does not answer";
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
