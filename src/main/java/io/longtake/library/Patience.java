package io.longtake.library;

import java.util.function.Supplier;

/** How long to go on asking a store that is away. For many threads. */
public interface Patience {

    /**
     * Asks until there is an answer, or no patience is left.
     *
     * @throws PassingFaultException if the store is still away then
     * @throws java.io.UncheckedIOException what does not pass, at once
     */
    <T> T get(Supplier<T> request);

    /** The same, of what has no answer. */
    default void run(Runnable request) {
        get(() -> {
            request.run();
            return true;
        });
    }

    /** Asks once: right for whoever has somebody waiting for an answer. */
    static Patience none() {
        return new Patience() {
            @Override
            public <T> T get(Supplier<T> request) {
                return request.get();
            }
        };
    }
}
