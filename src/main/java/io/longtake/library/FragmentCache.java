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
 * Fragments that many viewers want at about the same time, in memory. New ones are put here as they come, older ones when
 * they are asked for, and are read once, however many ask meanwhile. So many bytes and no more: what nobody asked for
 * longest goes first. For many threads.
 */
public final class FragmentCache {

    /** Some minutes of a coded video, or a second of a raw one. */
    static final long BYTES = 16L << 20;

    /** Up to this length what is handed out is the fragment itself; of a longer one it is a copy, which does not hold the rest. */
    private static final int SHARED = 256 << 10;

    private final VideoStore store;
    private final long maxBytes;
    private final Map<Key, CompletableFuture<CachedFragment>> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long bytes;

    private record Key(String videoId, StoredFragment fragment) {}

    /**
     * A whole fragment.
     *
     * @param bytes shared by all who read it: not to be changed
     * @param crc32c CRC-32C of the bytes, unsigned
     */
    public record CachedFragment(byte[] bytes, long crc32c) {
        static CachedFragment of(byte[] bytes) {
            return new CachedFragment(bytes, Checksum.of(bytes));
        }
    }

    /** @param maxBytes that are kept */
    FragmentCache(VideoStore store, long maxBytes) {
        this.store = store;
        this.maxBytes = maxBytes;
    }

    /**
     * A whole fragment, from memory or read by this thread.
     *
     * @throws java.io.UncheckedIOException if the store fails
     */
    public CachedFragment read(String videoId, StoredFragment fragment) {
        try {
            return read(videoId, fragment, Runnable::run).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : e;
        }
    }

    /**
     * A whole fragment: at once if it is in memory, otherwise read by somebody else.
     *
     * @param reader has threads that may wait for the store
     */
    public CompletableFuture<CachedFragment> read(String videoId, StoredFragment fragment, Executor reader) {
        Key key = new Key(videoId, fragment);
        CompletableFuture<CachedFragment> coming;
        synchronized (this) {
            CompletableFuture<CachedFragment> known = kept.get(key);
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
    private void read(Key key, CompletableFuture<CachedFragment> coming) {
        try {
            StoredFragment fragment = key.fragment();
            coming.complete(CachedFragment.of(store.read(key.videoId(), fragment, 0, fragment.bytes())));
        } catch (RuntimeException | Error e) {
            fail(key, coming, e);
        }
    }

    private void fail(Key key, CompletableFuture<CachedFragment> coming, Throwable why) {
        forget(key, coming);
        coming.completeExceptionally(why);
    }

    /**
     * A run of a fragment's bytes. Only this run is read if the fragment is not in memory.
     *
     * @param from first byte, from 0
     * @param length of the run; it ends within the fragment
     * @return read only
     */
    public CompletableFuture<ByteBuffer> run(
            String videoId, StoredFragment fragment, int from, int length, Executor reader) {
        CompletableFuture<CachedFragment> known;
        synchronized (this) {
            known = kept.get(new Key(videoId, fragment));
        }
        return known != null
                ? known.thenApply(content -> run(content.bytes(), from, length))
                : CompletableFuture.supplyAsync(
                        () -> ByteBuffer.wrap(store.read(videoId, fragment, from, length))
                                .asReadOnlyBuffer(),
                        reader);
    }

    /** A fragment that has just come. */
    synchronized void put(String videoId, StoredFragment fragment, byte[] content) {
        keep(new Key(videoId, fragment), CompletableFuture.completedFuture(CachedFragment.of(content)));
    }

    synchronized void forget(String videoId) {
        kept.keySet().removeIf(key -> {
            boolean gone = key.videoId().equals(videoId);
            bytes -= gone ? key.fragment().bytes() : 0;
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

    private void keep(Key key, CompletableFuture<CachedFragment> content) {
        if (kept.put(key, content) == null) {
            bytes += key.fragment().bytes();
        }
        Iterator<Key> eldest = kept.keySet().iterator();
        while (bytes > maxBytes && eldest.hasNext()) {
            bytes -= eldest.next().fragment().bytes();
            eldest.remove();
        }
    }

    private synchronized void forget(Key key, CompletableFuture<CachedFragment> failed) {
        if (kept.remove(key, failed)) {
            bytes -= key.fragment().bytes();
        }
    }
}
