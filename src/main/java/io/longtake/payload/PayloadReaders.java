package io.longtake.payload;

import io.longtake.event.KafkaConnection;
import io.longtake.event.PayloadRef;
import io.longtake.event.RecordDecoder;
import io.longtake.tensor.Content;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Reads payloads for any number of threads: there are as many readers as were needed at once, and they share a cache. */
public final class PayloadReaders implements AutoCloseable {

    private final KafkaConnection kafka;
    private final PayloadCache cache;
    private final Duration deadline;
    private final RecordDecoder decoder;
    private final Queue<PayloadReader> idle = new ConcurrentLinkedQueue<>();

    /** See {@link PayloadReader#PayloadReader(KafkaConnection, PayloadCache, Duration, RecordDecoder)}. */
    public PayloadReaders(KafkaConnection kafka, PayloadCache cache, Duration deadline, RecordDecoder decoder) {
        this.kafka = kafka;
        this.cache = cache;
        this.deadline = deadline;
        this.decoder = decoder;
        idle.add(open());
    }

    /** As {@link PayloadReader#read} does. */
    public Content read(PayloadRef ref) {
        PayloadReader found = idle.poll();
        PayloadReader reader = found == null ? open() : found;
        try {
            return reader.read(ref);
        } finally {
            idle.add(reader);
        }
    }

    private PayloadReader open() {
        return new PayloadReader(kafka, cache, deadline, decoder);
    }

    /** When nobody reads any more. */
    @Override
    public void close() {
        for (PayloadReader reader = idle.poll(); reader != null; reader = idle.poll()) {
            reader.close();
        }
    }
}
