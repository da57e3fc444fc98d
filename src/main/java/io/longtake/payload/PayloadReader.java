package io.longtake.payload;

import io.longtake.event.KafkaConnection;
import io.longtake.event.PayloadRef;
import io.longtake.event.Readers;
import io.longtake.event.RecordDecoder;
import io.longtake.tensor.Content;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads payloads by their references, committed ones only. For one thread. */
public final class PayloadReader implements AutoCloseable {

    public static final Duration DEADLINE = Duration.ofSeconds(10);

    /** What is there comes at once. What is not there by now is asked for, before it is waited for. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final PayloadCache cache;
    private final Duration deadline;
    private final RecordDecoder decoder;
    private final WrittenSoFar written;
    private int partitions;

    /** With the schemas of this version. */
    public PayloadReader(KafkaConnection kafka, PayloadCache cache, Duration deadline) {
        this(kafka, cache, deadline, RecordDecoder.ours());
    }

    /**
     * @param cache shared with the writers of this process; {@link PayloadCache#none()} fetches everything
     * @param deadline for one payload, {@link #DEADLINE} unless there is a reason
     * @param decoder of chunks
     */
    public PayloadReader(KafkaConnection kafka, PayloadCache cache, Duration deadline, RecordDecoder decoder) {
        this.consumer = new KafkaConsumer<>(
                kafka.with(Map.of(
                        "isolation.level", "read_committed",
                        "auto.offset.reset", "none",
                        "enable.auto.commit", "false",
                        // The consumer asks ahead, and does not ask elsewhere before that answer comes. Without this
                        // the
                        // next payload would wait for 500 ms behind a question for records that are not yet written.
                        "fetch.max.wait.ms", "2")),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        this.cache = cache;
        this.deadline = deadline;
        this.decoder = decoder;
        this.written = new WrittenSoFar(kafka);
    }

    /**
     * Reads one payload, waiting for its transaction to be committed.
     *
     * @return not to be changed: others of this process may read the same
     * @throws CorruptPayloadException if the reference or the chunks are not what they should be, or the reference is to a
     *     place where nothing has been written
     * @throws PayloadMissingException if it was aborted or deleted, or is not complete by the deadline
     * @throws io.longtake.event.NewerRecordException if a later version wrote it
     * @throws KafkaException if Kafka can not be read
     */
    public Content read(PayloadRef ref) {
        PayloadLimits.check(ref);
        Optional<Content> known = cache.get(ref.getPayloadId());
        if (known.isPresent()) {
            return known.get();
        }
        TopicPartition partition = new TopicPartition(ref.getTopic(), ref.getPartition());
        refuseUnlessPartition(ref);
        try {
            Content content = fetch(ref, partition, new PayloadAssembly(ref, decoder));
            cache.put(ref.getPayloadId(), content);
            return content;
        } catch (OffsetOutOfRangeException e) {
            refuseIfBeyond(ref, partition);
            throw missing(ref, "offset " + ref.getFirstOffset() + " is gone");
        }
    }

    /** A topic may have got more partitions since, so only what it has now is held against a reference. */
    private void refuseUnlessPartition(PayloadRef ref) {
        if (ref.getPartition() >= partitions) {
            partitions = consumer.partitionsFor(ref.getTopic(), deadline).size();
        }
        if (ref.getPartition() >= partitions) {
            written.partitions(ref.getTopic()).ifPresent(found -> PayloadLimits.checkPartition(ref, found));
        }
    }

    private Content fetch(PayloadRef ref, TopicPartition partition, PayloadAssembly assembly) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, ref.getFirstOffset());
        long start = System.nanoTime();
        boolean asked = false;
        while (!assembly.isComplete()) {
            long waited = System.nanoTime() - start;
            if (waited >= deadline.toNanos()) {
                throw missing(ref, assembly.progress() + " are there after " + deadline.toMillis() + " ms");
            }
            if (!asked && waited >= PATIENCE.toNanos()) {
                asked = true;
                if (assembly.isEmpty()) {
                    refuseIfBeyond(ref, partition);
                }
            }
            long left = (asked ? deadline : least(PATIENCE, deadline)).toNanos() - waited;
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofNanos(left))) {
                if (!assembly.isComplete()) {
                    assembly.add(record.offset(), record.value());
                }
            }
            // The consumer skips what was aborted: past the first chunk without it means that it never comes.
            if (assembly.isEmpty() && consumer.position(partition) > ref.getFirstOffset()) {
                throw missing(ref, "chunk 0 at offset " + ref.getFirstOffset() + " was aborted or deleted");
            }
        }
        return assembly.content();
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Nobody gets a reference before its chunks are written; they may only wait for a transaction before them. */
    private void refuseIfBeyond(PayloadRef ref, TopicPartition partition) {
        written.end(partition).ifPresent(end -> PayloadLimits.checkWritten(ref, end));
    }

    @Override
    public void close() {
        written.close();
        Readers.close(consumer);
    }

    private static PayloadMissingException missing(PayloadRef ref, String why) {
        return new PayloadMissingException(
                "payload " + ref.getPayloadId() + " at " + ref.getTopic() + "-" + ref.getPartition() + ": " + why);
    }
}
