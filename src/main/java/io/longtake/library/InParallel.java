package io.longtake.library;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Many things, some at a time: an object store answers late and serves many. */
final class InParallel {

    private static final int THREADS = 16;

    private InParallel() {}

    /**
     * Returns when all are done. When one of them throws, the others are interrupted: they may be waiting for a store that
     * is away, and need not any more.
     *
     * @throws UncheckedIOException the first one that any of them threw; or if this thread is interrupted
     */
    static <T> void forEach(Collection<T> things, Consumer<T> action) {
        if (things.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, things.size()), run -> {
            Thread thread = new Thread(run, "longtake-library");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<Void> each = new ExecutorCompletionService<>(threads);
            things.forEach(thing -> each.submit(() -> action.accept(thing), null));
            for (int done = 0; done < things.size(); done++) {
                each.take().get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    "interrupted before all " + things.size() + " were done", new InterruptedIOException());
        } finally {
            threads.shutdownNow();
        }
    }
}
