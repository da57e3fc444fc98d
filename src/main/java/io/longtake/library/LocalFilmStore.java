package io.longtake.library;

import io.longtake.director.Admission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Films in a directory: {@code films/<id>/} holds a film's pieces and documents, {@code deleted/<id>} is left of one that
 * was removed. Files are written beside their place and moved into it. They are not forced to the disk: a machine that
 * loses power may lose the last seconds, and a file whose length is not the one in its name counts as absent.
 */
public final class LocalFilmStore implements FilmStore {

    private static final String UNFINISHED = ".part";

    private final Path films;
    private final Path deleted;
    private final Path root;

    /** On a directory that is made where it is missing. */
    public LocalFilmStore(Path root) {
        this.root = root;
        this.films = root.resolve("films");
        this.deleted = root.resolve("deleted");
        try {
            Files.createDirectories(films);
            Files.createDirectories(deleted);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the library " + root + ": " + e.getMessage(), e);
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
            // one name a writer: two processes may write the same film
            Path part =
                    Files.createTempFile(file.getParent(), file.getFileName().toString(), UNFINISHED);
            try {
                Files.write(part, bytes);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
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
