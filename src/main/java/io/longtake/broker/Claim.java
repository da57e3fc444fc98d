package io.longtake.broker;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The right to run the broker of a directory. One process has it at a time, and loses it with its end, however it ends; the
 * broker itself may be at work for some seconds more. To be taken once a JVM: another try there would give up the first one's.
 */
public final class Claim implements AutoCloseable {

    private static final String FILE = "broker.claim";

    private final DirectoryLock lock;

    private Claim(DirectoryLock lock) {
        this.lock = lock;
    }

    /**
     * Returns at once.
     *
     * @param directory made if it is not there
     * @return empty if another process has it
     */
    public static Optional<Claim> of(Path directory) {
        return DirectoryLock.tryNow(directory, FILE).map(Claim::new);
    }

    @Override
    public void close() {
        lock.close();
    }
}
