package io.longtake.payload;

import io.longtake.event.KafkaConnection;
import io.longtake.event.PayloadRef;
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

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final PayloadCache cache;
    private final Duration deadline;

    /**
     * @param cache shared with the writers of this process; {@link PayloadCache#none()} fetches everything
     * @param deadline for one payload, {@link #DEADLINE} unless there is a reason
     */
    public PayloadReader(KafkaConnection kafka, PayloadCache cache, Duration deadline) {
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
    }

    /**
     * Reads one payload, waiting for its transaction to be committed.
     *
     * @return not to be changed: others of this process may read the same
     * @throws CorruptPayloadException if the reference or the chunks are not what they should be
     * @throws PayloadMissingException if it was aborted or deleted, or is not complete by the deadline
     * @throws KafkaException if Kafka can not be read
     */
    public Content read(PayloadRef ref) {
        PayloadLimits.check(ref);
        Optional<Content> known = cache.get(ref.getPayloadId());
        if (known.isPresent()) {
            return known.get();
        }
        try {
            Content content = fetch(ref, new PayloadAssembly(ref));
            cache.put(ref.getPayloadId(), content);
            return content;
        } catch (OffsetOutOfRangeException e) {
            throw missing(ref, "offset " + ref.getFirstOffset() + " is gone, or not yet written");
        }
    }

    private Content fetch(PayloadRef ref, PayloadAssembly assembly) {
        TopicPartition partition = new TopicPartition(ref.getTopic(), ref.getPartition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, ref.getFirstOffset());
        long giveUp = System.nanoTime() + deadline.toNanos();
        while (!assembly.isComplete()) {
            long left = giveUp - System.nanoTime();
            if (left <= 0) {
                throw missing(ref, assembly.progress() + " are there after " + deadline.toMillis() + " ms");
            }
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

    @Override
    public void close() {
        consumer.close();
    }

    private static PayloadMissingException missing(PayloadRef ref, String why) {
        return new PayloadMissingException(
                "payload " + ref.getPayloadId() + " at " + ref.getTopic() + "-" + ref.getPartition() + ": " + why);
    }
}
