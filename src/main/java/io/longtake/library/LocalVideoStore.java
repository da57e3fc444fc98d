package io.longtake.library;

import io.longtake.event.VideoId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Videos in a directory: {@code films/<id>/} holds a video's fragments and documents, {@code deleted/<id>} is left of one that
 * was removed. Files are there whole or not at all ({@link WholeFile}). They are not forced to the disk: a machine that
 * loses power may lose the last seconds, and a file whose length is not the one in its name counts as absent.
 */
public final class LocalVideoStore implements VideoStore {

    private static final Logger LOG = LoggerFactory.getLogger(LocalVideoStore.class);
    /** A disk has room for a few bytes longer than for a block. */
    private static final int PROBE_BYTES = 4096;

    private final Path videos;
    private final Path deleted;
    private final Path root;

    /**
     * On a directory that is made where it is missing.
     *
     * @throws UncheckedIOException if it cannot be made, or nothing can be written there
     */
    public LocalVideoStore(Path root) {
        this(root, InstantSource.system());
    }

    LocalVideoStore(Path root, InstantSource clock) {
        this.root = root;
        this.videos = root.resolve("films");
        this.deleted = root.resolve("deleted");
        try {
            Files.createDirectories(videos);
            Files.createDirectories(deleted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the library " + root + ": " + reason(e), e);
        }
        tryToWrite(root.resolve("probe"));
        removeAbandoned(clock.instant());
    }

    /** A disk that is full or read-only is better known now than by the first video. */
    private static void tryToWrite(Path probe) {
        try {
            Files.write(probe, new byte[PROBE_BYTES]);
        } catch (IOException e) {
            probe.toFile().delete(); // as far as that can be done; what went wrong is e
            throw new UncheckedIOException("cannot write " + probe + ": " + reason(e), e);
        }
        try {
            Files.deleteIfExists(probe);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + probe + ": " + reason(e), e);
        }
    }

    private void removeAbandoned(Instant now) {
        try {
            WholeFile.removeAbandoned(root, now);
            WholeFile.removeAbandoned(deleted, now);
            for (String id : ids(videos).toList()) {
                WholeFile.removeAbandoned(videos.resolve(id), now);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("what killed writers left in {} stays: {}", root, e.getMessage());
        }
    }

    @Override
    public void put(String videoId, StoredFragment fragment, byte[] bytes) {
        if (bytes.length != fragment.bytes()) {
            throw new IllegalArgumentException("fragment " + fragment.fileName() + ": expected " + fragment.bytes()
                    + " bytes, got " + bytes.length);
        }
        place(made(video(videoId)).resolve(fragment.fileName()), bytes);
    }

    @Override
    public byte[] read(String videoId, StoredFragment fragment, long from, int length) {
        Path file = video(videoId).resolve(fragment.fileName());
        ByteBuffer run = ByteBuffer.allocate(length);
        try (FileChannel channel = FileChannel.open(file)) {
            while (run.hasRemaining()) {
                if (channel.read(run, from + run.position()) < 0) {
                    throw new IOException("it ends before byte " + (from + length));
                }
            }
            return run.array();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public StoreListing listing(String videoId) {
        try (Stream<Path> files = Files.list(video(videoId))) {
            return StoreListing.of(files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), file -> file.toFile().length())));
        } catch (NoSuchFileException unknown) {
            return new StoreListing(List.of(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + video(videoId) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(String videoId, String document, byte[] bytes) {
        place(made(video(videoId)).resolve(StoreNames.document(document)), bytes);
    }

    @Override
    public Optional<byte[]> document(String videoId, String name) {
        return content(video(videoId).resolve(StoreNames.document(name)));
    }

    @Override
    public void drop(String videoId, String document) {
        Path file = video(videoId).resolve(StoreNames.document(document));
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> videos() {
        Set<String> gone = deleted();
        return ids(videos).filter(id -> !gone.contains(id)).toList();
    }

    @Override
    public void delete(String videoId) {
        Path video = video(videoId);
        place(deleted.resolve(videoId), new byte[0]);
        try (Stream<Path> files = Files.list(video)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(video);
        } catch (NoSuchFileException unknown) {
            // nothing of it came yet: the tombstone keeps it so
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + video + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Set<String> deleted() {
        return ids(deleted).collect(Collectors.toSet());
    }

    @Override
    public void note(String name, byte[] bytes) {
        place(root.resolve(StoreNames.document(name)), bytes);
    }

    @Override
    public Optional<byte[]> note(String name) {
        return content(root.resolve(StoreNames.document(name)));
    }

    private Path video(String videoId) {
        return videos.resolve(StoreNames.videoId(videoId));
    }

    private static Path made(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory + ": " + e.getMessage(), e);
        }
    }

    private static void place(Path file, byte[] bytes) {
        try {
            WholeFile.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + reason(e), e);
        }
    }

    /** Without the file's name, which is all that some of Java's exceptions say. */
    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it is there, and is no directory";
        }
        return e instanceof FileSystemException file && file.getReason() != null ? file.getReason() : e.getMessage();
    }

    private static Optional<byte[]> content(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static Stream<String> ids(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).filter(VideoId::isOne).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
        }
    }
}
