package io.longtake.platform;

import io.longtake.event.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a platform keeps its things: the broker's log, the state of its Streams applications, its own log, and the
 * address of its Kafka, by which other commands on this machine find it.
 */
public record DataDirectory(Path path) {

    private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
    private static final String ADDRESS = "kafka.address";

    public DataDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /** {@code ~/.longtake} */
    public static DataDirectory ofUser() {
        return new DataDirectory(Path.of(System.getProperty("user.home"), ".longtake"));
    }

    public Path broker() {
        return path.resolve("kafka");
    }

    public Path state() {
        return path.resolve("state");
    }

    /** Videos as files. */
    public Path library() {
        return path.resolve("library");
    }

    /** For roles that join from a process of their own: two instances cannot share a state directory. */
    public Path guestState() {
        return guests().resolve(Long.toString(ProcessHandle.current().pid()));
    }

    /** Removes this process' {@link #guestState}, and those of processes that were killed. What was in them is in Kafka. */
    void removeGuestStates() {
        removeEnded(guests());
    }

    /** What HTTP unpacks and receives while this process lasts; what processes that were killed have left there is removed. */
    public Path newHttpFiles() {
        Path all = path.resolve("http");
        removeEnded(all);
        return all.resolve(Long.toString(ProcessHandle.current().pid()));
    }

    /** @param folders each has the id of its process for a name */
    private static void removeEnded(Path folders) {
        if (!Files.isDirectory(folders)) {
            return;
        }
        try (Stream<Path> all = Files.list(folders)) {
            for (Path folder : all.filter(DataDirectory::isOver).toList()) {
                Utils.delete(folder.toFile());
            }
        } catch (IOException e) {
            LOG.warn("files of processes that have ended stay in {}: {}", folders, e.getMessage());
        }
    }

    private static boolean isOver(Path folder) {
        String pid = folder.getFileName().toString();
        return pid.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(process ->
                                process.pid() != ProcessHandle.current().pid())
                        .isEmpty();
    }

    private Path guests() {
        return path.resolve("guests");
    }

    /** All logs. */
    public Path logs() {
        return path.resolve("logs");
    }

    /** Of every process that works here. */
    public Path log() {
        return logs().resolve("longtake.log");
    }

    /** Of the embedded Kafka. */
    public Path brokerLog() {
        return logs().resolve("kafka.log");
    }

    public void create() {
        try {
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "cannot create the data directory " + path + ", perhaps choose another with --data-dir: "
                            + Reason.of(e),
                    e);
        }
    }

    /** The Kafka of the platform that runs, or ran, on this directory. */
    public Optional<String> address() {
        try {
            Path file = path.resolve(ADDRESS);
            return Files.exists(file) ? Optional.of(Files.readString(file).trim()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Why whoever found this directory's Kafka at an address will not find it there again; empty as far as is known. */
    public Optional<String> moved(String address) {
        return address()
                .filter(now -> !now.equals(address))
                .map(now -> "the Kafka of " + path + " is at " + now + " now, and no longer at " + address
                        + ": start this command again");
    }

    void writeAddress(String bootstrapServers) {
        try {
            Path part = path.resolve(ADDRESS + ".part");
            Files.writeString(part, bootstrapServers + "\n");
            Files.move(
                    part, path.resolve(ADDRESS), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path.resolve(ADDRESS) + ": " + Reason.of(e), e);
        }
    }

    void removeAddress() {
        try {
            Files.deleteIfExists(path.resolve(ADDRESS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
