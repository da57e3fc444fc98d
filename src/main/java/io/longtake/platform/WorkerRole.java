package io.longtake.platform;

import io.longtake.worker.Worker;
import java.util.Optional;

/** A worker in this process. */
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
    public void close() {
        worker.close();
    }
}
