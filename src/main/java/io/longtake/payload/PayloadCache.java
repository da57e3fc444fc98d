package io.longtake.payload;

import io.longtake.tensor.Content;
import io.longtake.tensor.Frames;
import io.longtake.tensor.Tensor;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The contents that this process wrote or read last, so that a worker does not fetch what it has just made. Contents are
 * shared, not copied: nobody may change one that was written or read. Safe for use by many threads.
 */
public final class PayloadCache {

    private final long limit;
    private final Map<String, Content> contents = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param limit bytes that the kept contents may take together; 0 keeps nothing */
    public PayloadCache(long limit) {
        this.limit = limit;
    }

    public static PayloadCache none() {
        return new PayloadCache(0);
    }

    synchronized Optional<Content> get(String payloadId) {
        return Optional.ofNullable(contents.get(payloadId));
    }

    synchronized void put(String payloadId, Content content) {
        if (size(content) > limit) {
            return; // it would only push the others out
        }
        Content before = contents.put(payloadId, content);
        bytes += size(content) - (before == null ? 0 : size(before));
        Iterator<Content> eldest = contents.values().iterator();
        while (bytes > limit) {
            bytes -= size(eldest.next());
            eldest.remove();
        }
    }

    private static long size(Content content) {
        return content instanceof Tensor tensor ? 4L * tensor.data().length : ((Frames) content).rgb().length;
    }
}
