package io.longtake.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One broker per directory. The operating system drops the lock with the process that held it, however it ended, so
 * nothing has to be cleared away after a crash.
 */
final class DirectoryLock implements AutoCloseable {

    private static final String FILE = "broker.lock";
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock of an existing directory.
     *
     * @param patience how long to try: a broker that was just told to stop may hold it for some seconds
     * @throws BrokerException if another broker still holds it then
     */
    static DirectoryLock of(Path directory, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            FileChannel channel =
                    FileChannel.open(directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            while (!taken(channel)) {
                if (System.nanoTime() - deadline >= 0 || Thread.currentThread().isInterrupted()) {
                    channel.close();
                    throw new BrokerException("data directory " + directory.toAbsolutePath()
                            + " is in use by another broker (waited " + patience.toSeconds()
                            + " s): stop it, or choose another directory");
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
            return new DirectoryLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock data directory " + directory.toAbsolutePath(), e);
        }
    }

    /**
     * Takes a lock of another name, in a directory that is made if it is not there.
     *
     * @return empty if another process holds it
     */
    static Optional<DirectoryLock> tryNow(Path directory, String file) {
        try {
            Files.createDirectories(directory);
            FileChannel channel =
                    FileChannel.open(directory.resolve(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (taken(channel)) {
                return Optional.of(new DirectoryLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock data directory " + directory.toAbsolutePath(), e);
        }
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this same JVM
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
