package io.longtake.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Where a video is written to. Opened before anything is ordered, so that what is wrong with the place is told while it costs
 * nothing.
 */
sealed interface OutputPlace extends AutoCloseable permits OutputPlace.StreamPlace, PartFile {

    /** Standard output, as many commands and the system name it. What it leads to must not be replaced by its name. */
    Set<Path> STANDARD_OUTPUT =
            Set.of(Path.of("-"), Path.of("/dev/stdout"), Path.of("/dev/fd/1"), Path.of("/proc/self/fd/1"));

    /** As many as Linux follows. */
    int MAX_LINKS = 40;

    static boolean isStandardOutput(Path path) {
        return STANDARD_OUTPUT.contains(path);
    }

    /** As it was named. */
    Path path();

    /** @throws IOException naming the place, if it cannot be written */
    void write(byte[] bytes) throws IOException;

    /** The video is whole. */
    void finish() throws IOException;

    @Override
    void close() throws IOException;

    /**
     * Opens a place: a file is written beside its name and moved there when it is whole, also where a symbolic link points; a pipe, a
     * device and standard output get the video as it comes.
     *
     * @throws IOException naming the place and what is wrong with it
     */
    static OutputPlace open(Path path) throws IOException {
        try {
            if (isStandardOutput(path)) {
                return new StreamPlace(path, new FileOutputStream(FileDescriptor.out));
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return new StreamPlace(path, Files.newOutputStream(path));
            }
            return PartFile.open(path, target(path));
        } catch (FileSystemException e) {
            throw cannotWrite(path, e);
        }
    }

    /** The file that a name stands for, which need not be there yet. */
    private static Path target(Path path) throws IOException {
        Path target = path;
        for (int links = 0; Files.isSymbolicLink(target); links++) {
            if (links == MAX_LINKS) {
                throw new IOException("cannot write " + path + ": more than " + MAX_LINKS + " symbolic links");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** Says what an exception of Java's says of a place, in words. */
    static IOException cannotWrite(Path path, IOException e) {
        String reason = e instanceof FileSystemException file ? file.getReason() : e.getMessage();
        if (reason == null) {
            reason = e instanceof AccessDeniedException
                    ? "permission denied"
                    : e instanceof NoSuchFileException ? "there is no such directory" : e.toString();
        }
        return new IOException("cannot write " + path + ": " + reason, e);
    }

    /** What takes the video as it comes, and cannot give it back. */
    record StreamPlace(Path path, OutputStream out) implements OutputPlace {
        @Override
        public void write(byte[] bytes) throws IOException {
            try {
                out.write(bytes);
                out.flush();
            } catch (IOException e) {
                throw cannotWrite(path, e);
            }
        }

        @Override
        public void finish() throws IOException {
            close();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
