package io.longtake.library;

import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Many things, some at a time: an object store answers late and serves many. */
final class AtOnce {

    private static final int HANDS = 16;

    private AtOnce() {}

    /**
     * Returns when all are done.
     *
     * @throws UncheckedIOException the first one that any of them threw
     */
    static <T> void forEach(Collection<T> things, Consumer<T> action) {
        if (things.isEmpty()) {
            return;
        }
        ExecutorService hands = Executors.newFixedThreadPool(Math.min(HANDS, things.size()), run -> {
            Thread thread = new Thread(run, "longtake-library");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<CompletableFuture<Void>> all = things.stream()
                    .map(thing -> CompletableFuture.runAsync(() -> action.accept(thing), hands))
                    .toList();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        } finally {
            hands.shutdownNow();
        }
    }
}
