package io.longtake.platform;

import java.util.Optional;

/** A data directory's Kafka, run by another process, which comes back at the same address unless its port was taken meanwhile. */
record FoundKafka(DataDirectory data, String address) implements Role {

    @Override
    public String name() {
        return "Kafka " + address;
    }

    @Override
    public boolean ready() {
        return failure().isEmpty();
    }

    @Override
    public Optional<String> failure() {
        return data.moved(address);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
