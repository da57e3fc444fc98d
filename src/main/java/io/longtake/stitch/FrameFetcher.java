package io.longtake.stitch;

import io.longtake.event.FrameChunk;
import java.util.List;

/** Reads chunks of {@code longtake.frames} again, where they lie. For one thread. */
public interface FrameFetcher extends AutoCloseable {

    /**
     * The chunks at some offsets of a partition, in the order asked for.
     *
     * @throws MissingChunkException if one is not there any more: asking again will not help
     * @throws FetchTimeoutException if they did not come in time: asking again may help
     */
    List<FrameChunk> fetch(int partition, List<Long> offsets);

    @Override
    default void close() {}
}
