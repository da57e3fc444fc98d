package io.longtake.meter;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that a reader could not use: counted all of them, and told the first few and then now and then, for whoever sends a
 * million of them must not fill the disk with lines about them. For many threads.
 */
public final class OddRecords {

    /** Passed over; tags {@code reader} and {@code topic}. */
    public static final String SKIPPED = "longtake.records.skipped";

    /** Written to {@code longtake.dead-letters}; tags {@code reader} and {@code topic}. */
    public static final String BURIED = "longtake.dead.letters";

    private static final int FIRST = 10;
    private static final int EVERY = 1000;
    private static final int SHOWN = 300;

    private static final Logger LOG = LoggerFactory.getLogger(OddRecords.class);

    private final String reader;
    private final MeterRegistry registry;
    private final AtomicLong met = new AtomicLong();

    /**
     * @param reader whose they are: director, stitcher, librarian …
     * @param registry where they are counted
     */
    public OddRecords(String reader, MeterRegistry registry) {
        this.reader = reader;
        this.registry = registry;
    }

    /** One was passed over. */
    public void skipped(String topic, int partition, long offset, String why) {
        registry.counter(SKIPPED, "reader", reader, "topic", topic).increment();
        tell("is passed over", topic, partition, offset, why);
    }

    /** One became a dead letter. */
    public void buried(String topic, int partition, long offset, String why) {
        registry.counter(BURIED, "reader", reader, "topic", topic).increment();
        tell("is a dead letter", topic, partition, offset, why);
    }

    private void tell(String what, String topic, int partition, long offset, String why) {
        long count = met.incrementAndGet();
        if (count <= FIRST || count % EVERY == 0) {
            LOG.warn(
                    "{}: {}-{}@{} {}, the {}. so far: {}",
                    reader,
                    topic,
                    partition,
                    offset,
                    what,
                    count,
                    why == null || why.length() <= SHOWN ? why : why.substring(0, SHOWN) + "…");
        }
    }
}
