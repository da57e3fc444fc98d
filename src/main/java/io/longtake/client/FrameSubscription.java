package io.longtake.client;

import io.longtake.event.FrameChunk;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.PayloadMissingException;
import java.time.Duration;
import java.util.Optional;

/**
 * The finished frames of one film, as its workers coded them: a batch a segment, in order, each once. Holds batches that
 * come before their turn, up to 512 MiB, and the next one. For one thread.
 */
public final class FrameSubscription implements AutoCloseable {

    private static final long LIMIT = 512L << 20;

    private final VideoRecords records;
    private final BatchOrder order;

    FrameSubscription(String videoId, VideoRecords records) {
        this.records = records;
        this.order = new BatchOrder(videoId, LIMIT);
    }

    /**
     * The next batch. Damaged chunks are passed over: a batch of which no whole copy is there does not come.
     *
     * @param timeout how long to wait for it
     * @return empty where none came in that time, or {@link #isDone()}
     * @throws PayloadMissingException if too much waits for a segment that is not there: it is gone, or the subscription
     *     started too late
     * @throws org.apache.kafka.common.KafkaException if Kafka can not be read
     */
    public Optional<FrameBatch> poll(Duration timeout) {
        long giveUp = System.nanoTime() + timeout.toNanos();
        Optional<FrameBatch> batch = order.next();
        while (batch.isEmpty() && !order.isDone()) {
            Optional<FrameChunk> chunk =
                    records.poll(FrameChunk.class, Duration.ofNanos(Math.max(0, giveUp - System.nanoTime())));
            if (chunk.isEmpty()) {
                break;
            }
            order.add(chunk.get());
            batch = order.next();
        }
        return batch;
    }

    /** Whether the film's last batch has come. A cancelled or failed film has none: see {@link VideoEvents}. */
    public boolean isDone() {
        return order.isDone();
    }

    @Override
    public void close() {
        records.close();
    }
}
