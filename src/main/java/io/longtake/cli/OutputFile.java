package io.longtake.cli;

import io.longtake.client.Fragment;
import io.longtake.video.Codec;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** A video as it is written to its {@link OutputPlace}, fragment by fragment, and what is told of it at its end. */
final class OutputFile implements AutoCloseable {

    private final OutputPlace place;
    private final MessageDigest digest;
    private long bytes;
    private long frames;

    OutputFile(OutputPlace place) {
        this.place = place;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JVM has no SHA-256", e);
        }
    }

    /** @throws IOException naming the file, if it cannot be written or its name is that of another kind of file */
    void write(Fragment fragment) throws IOException {
        requireContainer(fragment.container());
        place.write(fragment.bytes());
        digest.update(fragment.bytes());
        bytes += fragment.bytes().length;
        frames += fragment.frameCount();
    }

    private void requireContainer(String container) throws IOException {
        String name = place.path().toString();
        for (Codec codec : Codec.values()) {
            if (codec.container().equals(container) && !codec.isNameOfFile(place.path()) && isVideo()) {
                throw new IOException("cannot write " + name + ": the video is " + codec.wireName()
                        + ", so its file's name must end in " + codec.extension());
            }
        }
    }

    /** Whether a name says what is in the file. */
    private boolean isVideo() {
        return Arrays.stream(Codec.values()).anyMatch(codec -> codec.isNameOfFile(place.path()));
    }

    /** Written so far. */
    long frames() {
        return frames;
    }

    /** The video is whole, or there will be no more of it: puts it in its place. */
    Finished finish() throws IOException {
        place.finish();
        return new Finished(place.path(), frames, bytes, HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * What was written.
     *
     * @param path as it was named; {@code -} is standard output
     */
    record Finished(Path path, long frames, long bytes, String sha256) {}

    /** Removes what is not finished. */
    @Override
    public void close() throws IOException {
        place.close();
    }
}
