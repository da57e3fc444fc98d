package io.longtake.stitch;

import io.longtake.event.FrameChunk;
import io.longtake.event.KafkaConnection;
import io.longtake.event.NewerRecordException;
import io.longtake.event.Readers;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Topic;
import io.longtake.event.UnreadableRecordException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches chunks with a consumer of its own that belongs to no group. */
public final class KafkaFrameFetcher implements FrameFetcher {

    public static final Duration DEADLINE = Duration.ofSeconds(30);

    /** Foreign records up to here are read over; a wider gap is jumped, at the price of a round trip. */
    private static final int GAP = 8;

    private final Consumer<byte[], byte[]> consumer;
    private final Duration deadline;
    private final LongSupplier nanos;
    private final RecordDecoder decoder;

    /** With the schemas of this version. */
    public KafkaFrameFetcher(KafkaConnection kafka, Duration deadline) {
        this(kafka, deadline, RecordDecoder.ours());
    }

    /**
     * @param deadline for the chunks of one batch, {@link #DEADLINE} unless there is a reason
     * @param decoder of chunks
     */
    public KafkaFrameFetcher(KafkaConnection kafka, Duration deadline, RecordDecoder decoder) {
        this(
                new KafkaConsumer<>(
                        kafka.with(Map.of(
                                "isolation.level", "read_committed",
                                "auto.offset.reset", "none",
                                "enable.auto.commit", "false",
                                "max.partition.fetch.bytes", "8388608",
                                // The consumer asks ahead; the next batch must not wait behind a question for records
                                // that are not yet written.
                                "fetch.max.wait.ms", "10")),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer()),
                deadline,
                System::nanoTime,
                decoder);
    }

    KafkaFrameFetcher(Consumer<byte[], byte[]> consumer, Duration deadline, LongSupplier nanos, RecordDecoder decoder) {
        this.consumer = consumer;
        this.deadline = deadline;
        this.nanos = nanos;
        this.decoder = decoder;
    }

    @Override
    public List<FrameChunk> fetch(int partition, List<Long> offsets) {
        TopicPartition frames = new TopicPartition(Topic.FRAMES.topicName(), partition);
        TreeSet<Long> awaited = new TreeSet<>(offsets);
        Map<Long, FrameChunk> chunks = new HashMap<>();
        long deadlineNanos = nanos.getAsLong() + deadline.toNanos();
        consumer.assign(List.of(frames));
        consumer.seek(frames, awaited.first());
        while (!awaited.isEmpty()) {
            long left = deadlineNanos - nanos.getAsLong();
            if (left <= 0) {
                throw new FetchTimeoutException(frames + ": " + awaited.size() + " of " + offsets.size()
                        + " chunks, the first at offset " + awaited.first() + ", did not come within "
                        + deadline.toMillis() + " ms");
            }
            for (ConsumerRecord<byte[], byte[]> record : poll(frames, awaited.first(), left)) {
                if (awaited.remove(record.offset())) {
                    chunks.put(record.offset(), chunk(record));
                }
            }
            if (!awaited.isEmpty()) {
                approach(frames, awaited.first());
            }
        }
        return offsets.stream().map(chunks::get).toList();
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> poll(TopicPartition frames, long awaited, long nanos) {
        try {
            return consumer.poll(Duration.ofNanos(nanos));
        } catch (OffsetOutOfRangeException e) {
            throw missing(frames, awaited, "older than what the topic retains");
        }
    }

    private void approach(TopicPartition frames, long awaited) {
        long position = consumer.position(frames);
        if (position > awaited) {
            throw missing(frames, awaited, "deleted, or never committed");
        }
        if (awaited - position > GAP) {
            consumer.seek(frames, awaited);
        }
    }

    private FrameChunk chunk(ConsumerRecord<byte[], byte[]> record) {
        try {
            return decoder.decode(record.value(), FrameChunk.class);
        } catch (UnreadableRecordException | NewerRecordException e) {
            throw missing(new TopicPartition(record.topic(), record.partition()), record.offset(), e.getMessage());
        }
    }

    private static MissingChunkException missing(TopicPartition frames, long offset, String why) {
        return new MissingChunkException(
                frames + ", offset " + offset + ": expected a frame chunk, found none: " + why);
    }

    @Override
    public void close() {
        Readers.close(consumer);
    }
}
