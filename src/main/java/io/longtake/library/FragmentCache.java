package io.longtake.library;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.longtake.event.Checksum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Fragments that many viewers want at about the same time, in memory. New ones are put here as they come, older ones when
 * they are asked for, and are read once, however many ask meanwhile. So many bytes and no more, of what is asked for most and
 * last. For many threads.
 */
public final class FragmentCache {

    /** Some minutes of a coded video, or a second of a raw one. */
    static final long BYTES = 16L << 20;

    /** Up to this length what is handed out is the fragment itself; of a longer one it is a copy, which does not hold the rest. */
    private static final int SHARED = 256 << 10;

    private final VideoStore store;
    private final AsyncCache<Key, CachedFragment> kept;

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
        this.kept = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((Key key, CachedFragment content) -> content.bytes().length)
                .executor(Runnable::run)
                .buildAsync();
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
        CompletableFuture<CachedFragment> coming = new CompletableFuture<>();
        CompletableFuture<CachedFragment> known = kept.asMap().putIfAbsent(key, coming);
        if (known != null) {
            return known.copy();
        }
        try {
            reader.execute(() -> read(key, coming));
        } catch (RejectedExecutionException e) {
            coming.completeExceptionally(e);
        }
        return coming.copy();
    }

    /** Whatever goes wrong, nobody waits for what does not come; what failed is not kept. */
    private void read(Key key, CompletableFuture<CachedFragment> coming) {
        try {
            StoredFragment fragment = key.fragment();
            coming.complete(CachedFragment.of(store.read(key.videoId(), fragment, 0, fragment.bytes())));
        } catch (RuntimeException | Error e) {
            coming.completeExceptionally(e);
        }
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
        CompletableFuture<CachedFragment> known = kept.getIfPresent(new Key(videoId, fragment));
        return known != null
                ? known.thenApply(content -> run(content.bytes(), from, length))
                : CompletableFuture.supplyAsync(
                        () -> ByteBuffer.wrap(store.read(videoId, fragment, from, length))
                                .asReadOnlyBuffer(),
                        reader);
    }

    /** A fragment that has just come. */
    void put(String videoId, StoredFragment fragment, byte[] content) {
        kept.put(new Key(videoId, fragment), CompletableFuture.completedFuture(CachedFragment.of(content)));
    }

    void forget(String videoId) {
        kept.asMap().keySet().removeIf(key -> key.videoId().equals(videoId));
    }

    /** How many bytes are kept; those that are still being read do not count yet. */
    long bytes() {
        kept.synchronous().cleanUp();
        return kept.synchronous().asMap().values().stream()
                .mapToLong(content -> content.bytes().length)
                .sum();
    }

    private static ByteBuffer run(byte[] whole, int from, int length) {
        ByteBuffer run = whole.length <= SHARED
                ? ByteBuffer.wrap(whole, from, length)
                : ByteBuffer.wrap(Arrays.copyOfRange(whole, from, from + length));
        return run.asReadOnlyBuffer();
    }
}
