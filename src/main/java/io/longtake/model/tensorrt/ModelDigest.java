package io.longtake.model.tensorrt;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of all that a graph consists of. */
final class ModelDigest {

    private static final int CHUNK = 1 << 20;

    private ModelDigest() {}

    /** Over the ONNX file, then the name and content of each of its data files, in the order of their names. */
    static String of(OnnxFile onnx) throws IOException {
        MessageDigest digest = sha256();
        update(digest, onnx.path(), Long.MAX_VALUE);
        for (Path file : onnx.dataFiles().stream().sorted().toList()) {
            digest.update(file.getFileName().toString().getBytes(StandardCharsets.UTF_8));
            try {
                update(digest, file, Long.MAX_VALUE);
            } catch (NoSuchFileException e) {
                throw new IOException(
                        "the data file " + file + " of " + onnx.path().getFileName() + " is missing", e);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** @param bytes how many of the file's first to take */
    static void update(MessageDigest digest, Path file, long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = Files.newInputStream(file)) {
            for (long left = bytes; left > 0; ) {
                int read = in.read(chunk, 0, (int) Math.min(CHUNK, left));
                if (read < 0) {
                    return;
                }
                digest.update(chunk, 0, read);
                left -= read;
            }
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
