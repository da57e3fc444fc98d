package io.longtake.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The port at which the broker of a directory listened last: workers and subscribers look for it there after a restart. */
record LastPort(Path file) {

    static LastPort in(Path directory) {
        return new LastPort(directory.resolve("broker.port"));
    }

    /** 0 if it is not known. */
    int get() {
        try {
            int port =
                    Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
            return port > 0 && port <= 65_535 ? port : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    void keep(int port) {
        try {
            Files.writeString(file, port + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
