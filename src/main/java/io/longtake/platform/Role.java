package io.longtake.platform;

import java.time.Duration;
import java.util.Optional;

/** A part of the platform that this process plays, or is ready to play. */
interface Role extends AutoCloseable {

    String name();

    /** Whether its work is being done now. */
    boolean ready();

    /** Why its work is never done again in this process, which had better end; empty while it is, or may be again. */
    Optional<String> failure();

    /** How long it has had nothing to do; empty: it has no tasks that come and go. */
    default Optional<Duration> idle() {
        return Optional.empty();
    }

    /** Told every second who is at work on this Kafka. */
    default void look(RoleCall present) {}

    @Override
    void close();
}
