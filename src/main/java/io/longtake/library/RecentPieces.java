package io.longtake.library;

import io.longtake.event.Checksum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Pieces that many viewers want at about the same time, in memory. New ones are put here as they come, older ones when
 * they are asked for, and are read once, however many ask meanwhile. So many bytes and no more: what nobody asked for
 * longest goes first. For many threads.
 */
public final class RecentPieces {

    /** Some minutes of a coded film, or a second of a raw one. */
    static final long BYTES = 16L << 20;

    /** Up to this length what is handed out is the piece itself; of a longer one it is a copy, which does not hold the rest. */
    private static final int SHARED = 256 << 10;

    private final FilmStore store;
    private final long most;
    private final Map<Key, CompletableFuture<Content>> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(String videoId, Piece piece) {}

    /**
     * A whole piece.
     *
     * @param bytes shared by all who read it: not to be changed
     * @param crc32c CRC-32C of the bytes, unsigned
     */
    public record Content(byte[] bytes, long crc32c) {
        static Content of(byte[] bytes) {
            return new Content(bytes, Checksum.of(bytes));
        }
    }

    /** @param most bytes that are kept */
    RecentPieces(FilmStore store, long most) {
        this.store = store;
        this.most = most;
    }

    /**
     * A whole piece, from memory or read by this thread.
     *
     * @throws java.io.UncheckedIOException if the store fails
     */
    public Content read(String videoId, Piece piece) {
        try {
            return read(videoId, piece, Runnable::run).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : e;
        }
    }

    /**
     * A whole piece: at once where it is in memory, otherwise read by somebody else.
     *
     * @param reader has threads that may wait for the store
     */
    public CompletableFuture<Content> read(String videoId, Piece piece, Executor reader) {
        Key key = new Key(videoId, piece);
        CompletableFuture<Content> coming;
        synchronized (this) {
            CompletableFuture<Content> known = kept.get(key);
            if (known != null) {
                return known.copy();
            }
            coming = new CompletableFuture<>();
            keep(key, coming);
        }
        try {
            reader.execute(() -> read(key, coming));
        } catch (RejectedExecutionException e) {
            fail(key, coming, e);
        }
        return coming.copy();
    }

    /** Whatever goes wrong, nobody waits for what does not come. */
    private void read(Key key, CompletableFuture<Content> coming) {
        try {
            Piece piece = key.piece();
            coming.complete(Content.of(store.read(key.videoId(), piece, 0, piece.bytes())));
        } catch (RuntimeException | Error e) {
            fail(key, coming, e);
        }
    }

    private void fail(Key key, CompletableFuture<Content> coming, Throwable why) {
        forget(key, coming);
        coming.completeExceptionally(why);
    }

    /**
     * A run of a piece's bytes. Only this run is read where the piece is not in memory.
     *
     * @param from first byte, from 0
     * @param length of the run; it ends within the piece
     * @return read only
     */
    public CompletableFuture<ByteBuffer> run(String videoId, Piece piece, int from, int length, Executor reader) {
        CompletableFuture<Content> known;
        synchronized (this) {
            known = kept.get(new Key(videoId, piece));
        }
        return known != null
                ? known.thenApply(content -> run(content.bytes(), from, length))
                : CompletableFuture.supplyAsync(
                        () -> ByteBuffer.wrap(store.read(videoId, piece, from, length))
                                .asReadOnlyBuffer(),
                        reader);
    }

    /** A piece that has just come. */
    synchronized void put(String videoId, Piece piece, byte[] content) {
        keep(new Key(videoId, piece), CompletableFuture.completedFuture(Content.of(content)));
    }

    synchronized void forget(String videoId) {
        kept.keySet().removeIf(key -> {
            boolean gone = key.videoId().equals(videoId);
            bytes -= gone ? key.piece().bytes() : 0;
            return gone;
        });
    }

    /** How many bytes are kept, those that are still being read counted. */
    synchronized long bytes() {
        return bytes;
    }

    private static ByteBuffer run(byte[] whole, int from, int length) {
        ByteBuffer run = whole.length <= SHARED
                ? ByteBuffer.wrap(whole, from, length)
                : ByteBuffer.wrap(Arrays.copyOfRange(whole, from, from + length));
        return run.asReadOnlyBuffer();
    }

    private void keep(Key key, CompletableFuture<Content> content) {
        if (kept.put(key, content) == null) {
            bytes += key.piece().bytes();
        }
        Iterator<Key> eldest = kept.keySet().iterator();
        while (bytes > most && eldest.hasNext()) {
            bytes -= eldest.next().piece().bytes();
            eldest.remove();
        }
    }

    private synchronized void forget(Key key, CompletableFuture<Content> failed) {
        if (kept.remove(key, failed)) {
            bytes -= key.piece().bytes();
        }
    }
}
