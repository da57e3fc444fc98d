package io.longtake.library;

import io.longtake.director.Admission;
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
 * Films in a directory: {@code films/<id>/} holds a film's pieces and documents, {@code deleted/<id>} is left of one that
 * was removed. Files are there whole or not at all ({@link WholeFile}). They are not forced to the disk: a machine that
 * loses power may lose the last seconds, and a file whose length is not the one in its name counts as absent.
 */
public final class LocalFilmStore implements FilmStore {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFilmStore.class);
    /** A disk has room for a few bytes longer than for a block. */
    private static final int PROBE_BYTES = 4096;

    private final Path films;
    private final Path deleted;
    private final Path root;

    /**
     * On a directory that is made where it is missing.
     *
     * @throws UncheckedIOException if it cannot be made, or nothing can be written there
     */
    public LocalFilmStore(Path root) {
        this(root, InstantSource.system());
    }

    LocalFilmStore(Path root, InstantSource clock) {
        this.root = root;
        this.films = root.resolve("films");
        this.deleted = root.resolve("deleted");
        try {
            Files.createDirectories(films);
            Files.createDirectories(deleted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the library " + root + ": " + reason(e), e);
        }
        tryToWrite(root.resolve("probe"));
        removeAbandoned(clock.instant());
    }

    /** A disk that is full or read-only is better known now than by the first film. */
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
            for (String id : ids(films).toList()) {
                WholeFile.removeAbandoned(films.resolve(id), now);
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("what killed writers left in {} stays: {}", root, e.getMessage());
        }
    }

    @Override
    public void put(String videoId, Piece piece, byte[] bytes) {
        if (bytes.length != piece.bytes()) {
            throw new IllegalArgumentException(
                    "piece " + piece.fileName() + ": expected " + piece.bytes() + " bytes, got " + bytes.length);
        }
        place(made(film(videoId)).resolve(piece.fileName()), bytes);
    }

    @Override
    public byte[] read(String videoId, Piece piece, long from, int length) {
        Path file = film(videoId).resolve(piece.fileName());
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
    public Holding holding(String videoId) {
        try (Stream<Path> files = Files.list(film(videoId))) {
            return Holding.of(files.collect(Collectors.toMap(
                    file -> file.getFileName().toString(), file -> file.toFile().length())));
        } catch (NoSuchFileException unknown) {
            return new Holding(List.of(), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + film(videoId) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void write(String videoId, String document, byte[] bytes) {
        place(made(film(videoId)).resolve(Names.document(document)), bytes);
    }

    @Override
    public Optional<byte[]> document(String videoId, String name) {
        return content(film(videoId).resolve(Names.document(name)));
    }

    @Override
    public void drop(String videoId, String document) {
        Path file = film(videoId).resolve(Names.document(document));
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<String> films() {
        Set<String> gone = deleted();
        return ids(films).filter(id -> !gone.contains(id)).toList();
    }

    @Override
    public void delete(String videoId) {
        Path film = film(videoId);
        place(deleted.resolve(videoId), new byte[0]);
        try (Stream<Path> files = Files.list(film)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(film);
        } catch (NoSuchFileException unknown) {
            // nothing of it came yet: the tombstone keeps it so
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + film + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Set<String> deleted() {
        return ids(deleted).collect(Collectors.toSet());
    }

    @Override
    public void note(String name, byte[] bytes) {
        place(root.resolve(Names.document(name)), bytes);
    }

    @Override
    public Optional<byte[]> note(String name) {
        return content(root.resolve(Names.document(name)));
    }

    private Path film(String videoId) {
        return films.resolve(Names.videoId(videoId));
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
            return entries.map(entry -> entry.getFileName().toString()).filter(Admission::isVideoId).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory + ": " + e.getMessage(), e);
        }
    }
}
