package io.longtake.client;

import io.longtake.event.FilmFragment;
import io.longtake.payload.PayloadMissingException;
import java.time.Duration;
import java.util.Optional;

/**
 * The file of one film, in pieces of at most 768 KiB: their data one after the other is the file, and every fragment that
 * is complete can be played. For one thread.
 */
public final class FilmSubscription implements AutoCloseable {

    private final VideoRecords records;
    private final FragmentOrder order;

    FilmSubscription(String videoId, VideoRecords records) {
        this.records = records;
        this.order = new FragmentOrder(videoId);
    }

    /**
     * The next piece; each comes once, in order of fragment and chunk, and its checksum holds.
     *
     * @param timeout how long to wait for it
     * @return empty where none came in that time, or {@link #isDone()}
     * @throws PayloadMissingException if pieces before the next one that Kafka has are damaged or gone
     * @throws org.apache.kafka.common.KafkaException if Kafka can not be read
     */
    public Optional<FilmFragment> poll(Duration timeout) {
        long giveUp = System.nanoTime() + timeout.toNanos();
        while (!order.isDone()) {
            Optional<FilmFragment> piece =
                    records.poll(FilmFragment.class, Duration.ofNanos(Math.max(0, giveUp - System.nanoTime())));
            if (piece.isEmpty() || order.admits(piece.get())) {
                return piece;
            }
        }
        return Optional.empty();
    }

    /** Whether the film's last piece has come. A cancelled or failed film has none: see {@link VideoEvents}. */
    public boolean isDone() {
        return order.isDone();
    }

    @Override
    public void close() {
        records.close();
    }
}
