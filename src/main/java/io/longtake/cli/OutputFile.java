package io.longtake.cli;

import io.longtake.client.Fragment;
import io.longtake.video.Codec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The video on disk: written beside its place as it comes, moved into it when whole. Half a video is never at its name. */
final class OutputFile implements AutoCloseable {

    private final Path path;
    private final Path part;
    private final OutputStream out;
    private final MessageDigest digest;
    private long bytes;
    private long frames;

    private OutputFile(Path path, Path part, OutputStream out) throws NoSuchAlgorithmException {
        this.path = path;
        this.part = part;
        this.out = out;
        this.digest = MessageDigest.getInstance("SHA-256");
    }

    /** Says what is wrong with a place for a video of a codec, or null. */
    static String problem(Path path, Codec codec) {
        Path folder = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path)) {
            return "--output " + path + " is a directory: expected a file name ending in " + codec.extension();
        }
        if (!path.toString().endsWith(codec.extension())) {
            return "--output " + path + " must end in " + codec.extension() + " for --codec " + codec.wireName();
        }
        if (folder == null || !Files.isDirectory(folder)) {
            return "--output " + path + ": there is no directory " + folder;
        }
        return Files.isWritable(folder) ? null : "--output " + path + ": cannot write into " + folder;
    }

    static OutputFile create(Path path) throws IOException {
        Path part = path.resolveSibling(path.getFileName() + ".part");
        try {
            return new OutputFile(path, part, Files.newOutputStream(part));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    void write(Fragment fragment) throws IOException {
        out.write(fragment.bytes());
        digest.update(fragment.bytes());
        bytes += fragment.bytes().length;
        frames += fragment.frameCount();
    }

    /** The video is whole: puts it in its place. */
    Finished finish() throws IOException {
        out.close();
        Files.move(part, path, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return new Finished(path, frames, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /** What was written. */
    record Finished(Path path, long frames, long bytes, String sha256) {}

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
        out.close();
        Files.deleteIfExists(part);
    }
}
