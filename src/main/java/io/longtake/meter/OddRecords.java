package io.longtake.meter;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
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

    /** Newer than their reader, and parked until one comes that knows them; tags {@code reader} and {@code topic}. */
    public static final String PARKED = "longtake.records.parked";

    private static final int FIRST = 10;
    private static final int EVERY = 1000;
    private static final int SHOWN = 300;
    /** Schemas that were told of; of more, some are told of again: whoever makes them up must not fill the memory. */
    private static final int TOLD = 64;

    private static final Logger LOG = LoggerFactory.getLogger(OddRecords.class);

    private final String reader;
    private final MeterRegistry registry;
    private final AtomicLong met = new AtomicLong();
    private final Set<Long> told = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > TOLD;
        }
    }));

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

    /** One is newer than its reader and was parked. Told of once for each schema. */
    public void parked(String topic, int partition, long offset, long fingerprint) {
        registry.counter(PARKED, "reader", reader, "topic", topic).increment();
        if (told.add(fingerprint)) {
            LOG.warn(
                    "{}: {}-{}@{} is of a later version (schema {}), and is parked until one comes that knows it; so are all"
                            + " of its kind",
                    reader,
                    topic,
                    partition,
                    offset,
                    Long.toHexString(fingerprint));
        }
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
