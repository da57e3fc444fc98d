package io.longtake.platform;

import io.longtake.library.Deletions;
import io.longtake.library.Librarian;
import java.util.Optional;

/** Videos as files, in this process. */
record LibrarianRole(Librarian librarian, Deletions deletions) implements Role {

    @Override
    public String name() {
        return "librarian";
    }

    @Override
    public boolean ready() {
        return librarian.ready();
    }

    @Override
    public Optional<String> failure() {
        return librarian.failure();
    }

    @Override
    public void close() {
        librarian.close();
        deletions.close();
    }
}
