package io.longtake.platform;

import io.longtake.director.TaskOwners;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The director, who hears which worker takes which tasks.
 *
 * @param owners as of the last look
 */
record DirectorRole(StreamsRole streams, AtomicReference<TaskOwners> owners) implements Role {

    @Override
    public void look(RoleCall present) {
        owners.set(present.owners());
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
