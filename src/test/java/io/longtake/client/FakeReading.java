package io.longtake.client;

import io.longtake.event.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;

/** The numbers 0, 1, 2 … without a Kafka; behind the last one there, it waits as Kafka would. */
final class FakeReading implements Reading<Long> {

    static final String VIDEO = "8a1f0c3e-5b7d-4e1a-9c2b-000000000001";
    private static final Position THERE = new Position(Topic.FRAMES, VIDEO, 0, 0, 0, 0, false);

    final AtomicInteger polls = new AtomicInteger();
    final CountDownLatch waits = new CountDownLatch(1);
    final CountDownLatch closed = new CountDownLatch(1);
    private final CountDownLatch woken = new CountDownLatch(1);
    private final long there;
    private final long total;
    private long next;

    /**
     * @param there that can be read
     * @param total that there will be
     */
    FakeReading(long there, long total) {
        this.there = there;
        this.total = total;
    }

    static Feed<Long> feed(FakeReading reading) {
        return new Feed<>(Topic.FRAMES, VIDEO, new Start.Since(Instant.EPOCH), start -> reading);
    }

    /** A Kafka that nobody finds. */
    static FakeReading broken() {
        return new FakeReading(-1, 0);
    }

    @Override
    public void start() {
        if (there < 0) {
            throw new TimeoutException("nobody answers");
        }
    }

    @Override
    public Optional<Delivery<Long>> poll(Duration timeout) {
        polls.incrementAndGet();
        if (next == there) {
            waits.countDown();
            await(woken);
            throw new WakeupException();
        }
        return Optional.of(new Delivery<>(next++, THERE));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean isDone() {
        return next == total;
    }

    @Override
    public long skipped() {
        return 0;
    }

    @Override
    public void wakeup() {
        woken.countDown();
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
