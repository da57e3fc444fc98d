package io.longtake.platform;

import io.longtake.director.Workers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The director, who hears of the workers.
 *
 * @param workers as of the last look
 */
record DirectorRole(StreamsRole streams, AtomicReference<Workers> workers) implements Role {

    @Override
    public void look(RoleCall present) {
        workers.set(present.workers());
        streams.look(present);
    }

    @Override
    public String name() {
        return streams.name();
    }

    @Override
    public boolean ready() {
        return streams.ready();
    }

    @Override
    public Optional<String> failure() {
        return streams.failure();
    }

    @Override
    public void close() {
        streams.close();
    }
}
