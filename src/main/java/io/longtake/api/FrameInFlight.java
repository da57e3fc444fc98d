package io.longtake.api;

import io.longtake.library.StoredFragment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a viewer was sent and has not said that it has read. Without it, the buffers of two kernels would hide for minutes
 * that a viewer is slow. Behind each message goes a numbered ping; RFC 6455 (section 5.5.3) lets a viewer answer the latest
 * of several only, so a pong stands for all pings before it.
 */
final class FrameInFlight {

    private final int maxBatches;
    private final int maxBytes;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private long number;
    private long bytes;

    private record Sent(long number, Optional<StoredFragment> fragment) {
        long bytes() {
            return fragment.map(StoredFragment::bytes).orElse(0);
        }
    }

    FrameInFlight(FrameLimits limits) {
        this.maxBatches = limits.batchesInFlight();
        this.maxBytes = limits.bytesInFlight();
    }

    /** A message has gone out. Number of the ping to send behind it. */
    long add(Optional<StoredFragment> fragment) {
        Sent message = new Sent(++number, fragment);
        sent.add(message);
        bytes += message.bytes();
        return number;
    }

    /** The fragments that a viewer has read, now that it answers a ping. */
    List<StoredFragment> read(long upTo) {
        List<StoredFragment> read = new ArrayList<>();
        while (!sent.isEmpty() && sent.peek().number() <= upTo) {
            Sent message = sent.remove();
            bytes -= message.bytes();
            message.fragment().ifPresent(read::add);
        }
        return read;
    }

    boolean isEmpty() {
        return sent.isEmpty();
    }

    /** Whether a fragment has to wait. */
    boolean isFull(StoredFragment next) {
        return sent.size() >= maxBatches || (!sent.isEmpty() && bytes + next.bytes() > maxBytes);
    }
}
