package io.longtake.api;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * What a client calls a request, so that sending it again is the same request. The video's id is made of it, and the
 * director starts no video twice: that holds over restarts and on every server, with nothing to remember.
 */
record IdempotencyKey(String text) {

    static final String HEADER = "Idempotency-Key";

    /** Printable characters of ASCII, which HTTP carries everywhere as they are; nothing is no key. */
    static final String PATTERN = "^[ -~]{0,255}$";

    private static final String NAMESPACE = "longtake/idempotency-key/1\n";

    /** @throws Problem 400 if it is empty, too long, or has other characters */
    IdempotencyKey {
        if (text.isBlank() || !text.matches(PATTERN)) {
            throw Problem.field(
                    HEADER, text, "has " + text.length() + " characters, expected 1 .. 255, printable ones of ASCII");
        }
    }

    /** A UUID of version 8 (RFC 9562, section 5.8): the first bits of SHA-256. */
    String videoId() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest((NAMESPACE + text).getBytes(StandardCharsets.UTF_8));
            ByteBuffer bits = ByteBuffer.wrap(digest);
            long high = bits.getLong() & ~0xF000L | 0x8000L;
            long low = bits.getLong() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
            return new UUID(high, low).toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
