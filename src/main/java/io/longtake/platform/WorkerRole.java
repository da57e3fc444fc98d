package io.longtake.platform;

import io.longtake.worker.Worker;
import java.time.Duration;
import java.util.Optional;

/** A worker of this process. */
record WorkerRole(String name, Worker worker) implements Role {

    @Override
    public boolean ready() {
        return worker.ready();
    }

    @Override
    public Optional<String> failure() {
        return worker.failure();
    }

    @Override
    public Optional<Duration> idle() {
        return Optional.of(worker.idle());
    }

    @Override
    public void close() {
        worker.close();
    }
}
