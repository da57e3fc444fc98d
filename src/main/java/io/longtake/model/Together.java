package io.longtake.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Runs parts of one task at once: the first on the caller's thread, the others on threads that end when there is nothing to do. */
final class Together {

    private static final ExecutorService OTHERS = Executors.newCachedThreadPool(part -> {
        Thread thread = new Thread(part, "longtake-part");
        thread.setDaemon(true);
        return thread;
    });

    private Together() {}

    static <T> List<T> run(List<Supplier<T>> parts) {
        List<CompletableFuture<T>> others = new ArrayList<>();
        for (Supplier<T> part : parts.subList(1, parts.size())) {
            others.add(CompletableFuture.supplyAsync(part, OTHERS));
        }
        CompletableFuture<T> first = new CompletableFuture<>();
        try {
            first.complete(parts.get(0).get());
        } catch (RuntimeException | Error e) {
            first.completeExceptionally(e);
        }
        others.add(0, first);
        others.forEach(part -> part.handle((made, fault) -> made).join());
        return others.stream().map(Together::madeBy).toList();
    }

    private static <T> T madeBy(CompletableFuture<T> part) {
        try {
            return part.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException fault) {
                throw fault;
            }
            throw (Error) e.getCause();
        }
    }
}
