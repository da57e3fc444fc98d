package io.longtake.platform;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A role of another room, which does not know of this one.
 *
 * @param isReady see {@link Role#ready}
 * @param whyFailed see {@link Role#failure}
 * @param end closes what plays it
 */
record PlayedRole(String name, BooleanSupplier isReady, Supplier<Optional<String>> whyFailed, Runnable end)
        implements Role {

    @Override
    public boolean ready() {
        return isReady.getAsBoolean();
    }

    @Override
    public Optional<String> failure() {
        return whyFailed.get();
    }

    @Override
    public void close() {
        end.run();
    }
}
