package io.longtake.bench;

import io.longtake.platform.DataDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.common.utils.Utils;

/**
 * A folder of a benchmark, which is gone when the benchmark ends, and so is every process that it started: also if the command is
 * told to stop, by Ctrl-C or {@code kill}. To be opened before all else and closed last, by the thread that measures.
 */
public final class BenchDirectory implements AutoCloseable {

    /** A platform in order: its broker writes its last segments. */
    private static final Duration CLOSING = Duration.ofSeconds(20);

    private static final Duration KILLING = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int ATTEMPTS = 10;

    private final Path path;
    private final boolean keep;
    private final Thread owner = Thread.currentThread();
    /** What others of this process have started before. */
    private final List<ProcessHandle> others =
            ProcessHandle.current().descendants().toList();

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stop, "longtake-bench-stop");

    private BenchDirectory(Path path, boolean keep) {
        this.path = path;
        this.keep = keep;
    }

    /**
     * Makes a new folder.
     *
     * @param parent where to make it
     * @param keep whether it stays when the benchmark ends
     */
    public static BenchDirectory in(Path parent, boolean keep) {
        try {
            Files.createDirectories(parent);
            BenchDirectory directory = new BenchDirectory(Files.createTempDirectory(parent, "longtake-bench-"), keep);
            Runtime.getRuntime().addShutdownHook(directory.hook);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + parent + ": " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** For a platform of its own. */
    public DataDirectory data(String name) {
        return new DataDirectory(path.resolve(name));
    }

    /** When the JVM is told to end: the thread that measures closes what it opened. What is left then is killed. */
    private void stop() {
        try {
            owner.interrupt();
            if (!closed.await(CLOSING.toMillis(), TimeUnit.MILLISECONDS)) {
                remove();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        remove();
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the JVM is on its way down: the hook is what waited for us
        }
    }

    /** More than once, for a platform that has not been closed starts a broker again that is killed. */
    private void remove() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            List<ProcessHandle> left = children();
            left.forEach(ProcessHandle::destroyForcibly);
            left.forEach(child -> child.onExit()
                    .completeOnTimeout(child, KILLING.toMillis(), TimeUnit.MILLISECONDS)
                    .join());
            delete();
            if (left.isEmpty() && children().isEmpty()) {
                return;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void delete() {
        try {
            if (!keep) {
                Utils.delete(path.toFile());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + path + ": " + e.getMessage(), e);
        }
    }

    /** All that this process has started since and not ended, and what those started. */
    private List<ProcessHandle> children() {
        return ProcessHandle.current()
                .descendants()
                .filter(child -> !others.contains(child))
                .toList();
    }
}
