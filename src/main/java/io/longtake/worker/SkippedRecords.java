package io.longtake.worker;

import io.longtake.event.Topic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that a reader passes over, because they are none of ours or say what cannot be: all counted, as
 * {@code longtake.records.skipped} by reader and topic, and one a minute told of, because whoever writes one writes many.
 */
final class SkippedRecords {

    static final String SKIPPED = "longtake.records.skipped";

    private static final Logger LOG = LoggerFactory.getLogger(SkippedRecords.class);
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final Counter counter;
    private final String reader;
    private final Topic topic;
    private final LongSupplier nanoTime;
    private long untold;
    private long told;

    /** @param nanoTime as of {@link System#nanoTime} */
    SkippedRecords(MeterRegistry registry, String reader, Topic topic, LongSupplier nanoTime) {
        this.counter = registry.counter(SKIPPED, Tags.of("reader", reader, "topic", topic.topicName()));
        this.reader = reader;
        this.topic = topic;
        this.nanoTime = nanoTime;
        this.told = nanoTime.getAsLong() - QUIET.toNanos();
    }

    void skip(int partition, long offset, String reason) {
        counter.increment();
        untold++;
        long now = nanoTime.getAsLong();
        if (now - told >= QUIET.toNanos()) {
            LOG.warn(
                    "{} passes over {} records of {} that it cannot read, last {}@{}: {}",
                    reader,
                    untold,
                    topic.topicName(),
                    partition,
                    offset,
                    Reason.cut(reason));
            untold = 0;
            told = now;
        }
    }
}
