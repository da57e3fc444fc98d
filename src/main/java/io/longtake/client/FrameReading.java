package io.longtake.client;

import io.longtake.client.VideoRecords.Stored;
import io.longtake.event.FrameChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.Topic;
import io.longtake.payload.FrameBatch;
import java.time.Duration;
import java.util.Optional;

/** A video's frames, batch by batch. Holds batches that come before their turn, up to 512 MiB, and the next one. */
final class FrameReading implements Reading<FrameBatch> {

    private static final long LIMIT = 512L << 20;

    private final String videoId;
    private final TopicRecords records;
    private final BatchOrder order;
    private boolean done;

    FrameReading(KafkaConnection kafka, String videoId, Start start, Refusals refusals) {
        this.videoId = videoId;
        this.records = new TopicRecords(kafka, videoId, Topic.FRAMES, start, refusals);
        this.order = new BatchOrder(videoId, LIMIT, start.next(), start.frame());
        this.done = start.isEnd();
    }

    @Override
    public void start() {
        records.start();
    }

    @Override
    public Optional<Delivery<FrameBatch>> poll(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!done) {
            Optional<FrameBatch> batch = order.next();
            if (batch.isPresent()) {
                return batch.map(this::delivery);
            }
            Optional<Stored> next = records.poll(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (next.get().record() instanceof FrameChunk chunk) {
                order.add(chunk, next.get().offset());
            }
        }
        return Optional.empty();
    }

    private Delivery<FrameBatch> delivery(FrameBatch batch) {
        done = batch.last();
        return new Delivery<>(
                batch,
                new Position(
                        Topic.FRAMES,
                        videoId,
                        batch.segment() + 1,
                        batch.firstFrame() + batch.encoded().frameCount(),
                        order.firstHeld().orElseGet(records::next),
                        records.news(),
                        done));
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public long skipped() {
        return records.skipped();
    }

    @Override
    public void wakeup() {
        records.wakeup();
    }

    @Override
    public void close() {
        records.close();
    }
}
