package io.longtake.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.UUID;

/** A file that is written beside its place and moved into it when it is whole. Half a video is never at its name. */
final class PartFile implements OutputPlace {

    /** What must fit at the beginning: a disk that has no room for a second of video is full. */
    private static final int ROOM = 1 << 20;

    /** Bytes of a name, on most file systems. */
    private static final int LONGEST_NAME = 255;

    private static final String ENDING = ".part";

    private final Path path;
    private final Path target;
    private final Path part;
    private final FileChannel out;
    private boolean finished;

    private PartFile(Path path, Path target, Path part, FileChannel out) {
        this.path = path;
        this.target = target;
        this.part = part;
        this.out = out;
    }

    /**
     * @param path as it was named
     * @param target the file itself
     * @throws IOException if it cannot be written, or another command is writing it
     */
    static PartFile open(Path path, Path target) throws IOException {
        requireName(target);
        Path part = target.resolveSibling(partName(target.getFileName().toString()));
        FileChannel out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            // held to the end of this process, however it ends; another may just have moved what we opened into its
            // place
            FileLock lock = lock(out);
            if (lock == null || !Files.exists(part)) {
                throw new IOException("cannot write " + path + ": another command is writing it");
            }
            out.truncate(0);
            PartFile file = new PartFile(path, target, part, out);
            file.requireRoom();
            return file;
        } catch (IOException e) {
            out.close();
            throw e;
        }
    }

    /** @throws IOException if there can be no file of this name */
    private static void requireName(Path target) throws IOException {
        try {
            Files.readAttributes(target, BasicFileAttributes.class);
        } catch (NoSuchFileException absent) {
            // as it should be
        }
    }

    private static FileLock lock(FileChannel out) throws IOException {
        try {
            return out.tryLock();
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    private void requireRoom() throws IOException {
        try {
            write(new byte[ROOM]);
            out.truncate(0);
            out.position(0);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            throw e;
        }
    }

    private static String partName(String name) {
        if ((name + ENDING).getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME) {
            return name + ENDING;
        }
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)) + ENDING;
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        try {
            for (ByteBuffer left = ByteBuffer.wrap(bytes); left.hasRemaining(); ) {
                out.write(left);
            }
        } catch (IOException e) {
            throw OutputPlace.cannotWrite(path, e);
        }
    }

    @Override
    public void finish() throws IOException {
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        finished = true;
        out.close();
    }

    @Override
    public void close() throws IOException {
        if (!finished && out.isOpen()) {
            Files.deleteIfExists(part);
        }
        out.close();
    }
}
