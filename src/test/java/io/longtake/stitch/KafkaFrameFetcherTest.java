package io.longtake.stitch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.FrameChunk;
import io.longtake.event.RecordDecoder;
import io.longtake.event.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaFrameFetcherTest {

    private static final TopicPartition FRAMES = new TopicPartition("longtake.frames", 1);

    private final AtomicLong nanos = new AtomicLong();
    private final List<FrameChunk> chunks = Batches.large(0).toChunks();
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
    private final KafkaFrameFetcher fetcher = new KafkaFrameFetcher(
            consumer, Duration.ofSeconds(1), () -> nanos.getAndAdd(100_000_000), RecordDecoder.ours());

    @BeforeEach
    void open() {
        consumer.assign(List.of(FRAMES));
        consumer.updateBeginningOffsets(Map.of(FRAMES, 0L));
        consumer.updateEndOffsets(Map.of(FRAMES, 100L));
    }

    @Test
    void chunks_come_in_the_order_asked_for_and_foreign_records_are_passed_over() {
        record(5, Wire.encode(chunks.get(1)));
        record(6, new byte[] {1});
        record(7, Wire.encode(chunks.get(0)));

        assertThat(fetcher.fetch(1, List.of(7L, 5L))).containsExactly(chunks.get(0), chunks.get(1));
    }

    @Test
    void a_chunk_that_is_passed_without_being_seen_is_missing() {
        record(5, Wire.encode(chunks.get(0)));
        record(7, Wire.encode(chunks.get(1)));

        assertThatThrownBy(() -> fetcher.fetch(1, List.of(5L, 6L)))
                .isInstanceOf(MissingChunkException.class)
                .hasMessage(
                        "longtake.frames-1, offset 6: expected a frame chunk, found none: deleted, or never committed");
    }

    @Test
    void a_chunk_older_than_the_log_is_missing() {
        consumer.updateBeginningOffsets(Map.of(FRAMES, 50L));
        record(60, Wire.encode(chunks.get(0)));

        assertThatThrownBy(() -> fetcher.fetch(1, List.of(5L)))
                .isInstanceOf(MissingChunkException.class)
                .hasMessageContaining("offset 5")
                .hasMessageContaining("older than what the topic retains");
    }

    @Test
    void chunks_that_do_not_come_are_waited_for_until_the_deadline() {
        record(5, Wire.encode(chunks.get(0)));

        assertThatThrownBy(() -> fetcher.fetch(1, List.of(5L, 6L)))
                .isInstanceOf(FetchTimeoutException.class)
                .hasMessage("longtake.frames-1: 1 of 2 chunks, the first at offset 6, did not come within 1000 ms");
    }

    private void record(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(FRAMES.topic(), FRAMES.partition(), offset, null, value));
    }
}
