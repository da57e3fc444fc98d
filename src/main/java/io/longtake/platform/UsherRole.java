package io.longtake.platform;

import io.longtake.library.Usher;
import java.util.Optional;

/** What viewers of this process are doing, for the director. */
record UsherRole(Usher usher) implements Role {

    @Override
    public String name() {
        return "usher";
    }

    @Override
    public boolean ready() {
        return usher.ready();
    }

    @Override
    public Optional<String> failure() {
        return usher.failure();
    }

    @Override
    public void close() {
        usher.close();
    }
}
