package io.longtake.model.tensorrt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A plan on disk: its bytes, then a trailer of 80 bytes: SHA-256 of the plan, the key's digest, the plan's length (big-endian)
 * and a mark. Tools that want a plan find it at the file's beginning.
 */
final class PlanFile {

    private static final byte[] MARK = "LTPLAN01".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST = 32;
    private static final int TRAILER = 2 * DIGEST + Long.BYTES + MARK.length;

    private PlanFile() {}

    /** Ends a file that holds a plan and nothing else. */
    static void seal(Path file, PlanKey key) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long bytes = channel.size();
            ByteBuffer trailer = ByteBuffer.allocate(TRAILER)
                    .put(digest(file, bytes))
                    .put(key.digest())
                    .putLong(bytes)
                    .put(MARK)
                    .flip();
            channel.position(bytes);
            while (trailer.hasRemaining()) {
                channel.write(trailer);
            }
            // Before it gets its name: a crash must not leave a file with the right name and holes in it.
            channel.force(true);
        }
    }

    /**
     * Checks the file from end to end.
     *
     * @return length of the plan
     * @throws DamagedPlanException if it is not the whole plan of this key
     */
    static long check(Path file, PlanKey key) throws IOException, DamagedPlanException {
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < TRAILER) {
                throw new DamagedPlanException("it has " + channel.size() + " bytes");
            }
            ByteBuffer trailer = ByteBuffer.allocate(TRAILER);
            long start = channel.size() - TRAILER;
            while (trailer.hasRemaining() && channel.read(trailer, start + trailer.position()) >= 0) {}
            trailer.flip();
            byte[] content = take(trailer, DIGEST);
            byte[] keyDigest = take(trailer, DIGEST);
            long bytes = trailer.getLong();
            if (!MessageDigest.isEqual(take(trailer, MARK.length), MARK) || bytes != start) {
                throw new DamagedPlanException("its end is missing");
            }
            if (!MessageDigest.isEqual(keyDigest, key.digest())) {
                throw new DamagedPlanException(
                        "it was compiled for another model, GPU, TensorRT or with other options");
            }
            if (!MessageDigest.isEqual(content, digest(file, bytes))) {
                throw new DamagedPlanException("its content is not what was written");
            }
            return bytes;
        }
    }

    private static byte[] digest(Path file, long bytes) throws IOException {
        MessageDigest digest = ModelDigest.sha256();
        ModelDigest.update(digest, file, bytes);
        return digest.digest();
    }

    private static byte[] take(ByteBuffer from, int bytes) {
        byte[] taken = new byte[bytes];
        from.get(taken);
        return taken;
    }
}
