package io.longtake.platform;

import io.longtake.library.Deletions;
import io.longtake.library.Librarian;

/** Films as files, in this process. */
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
    public void close() {
        librarian.close();
        deletions.close();
    }
}
