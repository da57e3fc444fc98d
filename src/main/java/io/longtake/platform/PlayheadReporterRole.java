package io.longtake.platform;

import io.longtake.library.PlayheadReporter;
import java.util.Optional;

/** What viewers of this process are doing, for the director. */
record PlayheadReporterRole(PlayheadReporter reporter) implements Role {

    @Override
    public String name() {
        return "usher";
    }

    @Override
    public boolean ready() {
        return reporter.ready();
    }

    @Override
    public Optional<String> failure() {
        return reporter.failure();
    }

    @Override
    public void close() {
        reporter.close();
    }
}
