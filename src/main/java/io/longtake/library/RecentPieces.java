package io.longtake.library;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The bytes that were written or read last: what many viewers want at once is asked of a distant store once. For many
 * threads. Holds no more bytes than it is told; one who asks for what is just being fetched waits for it.
 */
final class RecentPieces {

    private final long most;
    private final Map<String, byte[]> held = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, CompletableFuture<byte[]>> coming = new ConcurrentHashMap<>();
    private long bytes;

    RecentPieces(long most) {
        this.most = most;
    }

    /** Bytes under a key, not to be changed; whatever the fetching throws comes to all who wait for it. */
    byte[] get(String key, Supplier<byte[]> fetch) {
        byte[] here = find(key);
        if (here != null) {
            return here;
        }
        CompletableFuture<byte[]> mine = new CompletableFuture<>();
        CompletableFuture<byte[]> first = coming.putIfAbsent(key, mine);
        if (first != null) {
            return join(first);
        }
        try {
            byte[] fetched = fetch.get();
            keep(key, fetched);
            mine.complete(fetched);
            return fetched;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            coming.remove(key);
        }
    }

    synchronized void keep(String key, byte[] piece) {
        byte[] before = held.put(key, piece);
        bytes += piece.length - (before == null ? 0 : before.length);
        Iterator<byte[]> eldest = held.values().iterator();
        while (bytes > most && eldest.hasNext()) {
            bytes -= eldest.next().length;
            eldest.remove();
        }
    }

    /** Everything whose key begins so. */
    synchronized void forget(String prefix) {
        held.entrySet().removeIf(piece -> {
            boolean gone = piece.getKey().startsWith(prefix);
            bytes -= gone ? piece.getValue().length : 0;
            return gone;
        });
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized byte[] find(String key) {
        return held.get(key);
    }

    private static byte[] join(CompletableFuture<byte[]> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException reason ? reason : e;
        }
    }
}
