package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Checksum;
import io.longtake.event.FrameChunk;
import io.longtake.payload.FrameBatch;
import io.longtake.payload.PayloadMissingException;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A video of two batches of three frames, each of two chunks and 1,080,000 bytes. */
class BatchOrderTest {

    private static final String VIDEO = "8a1f0c3e-5b7d-4e1a-9c2b-000000000001";
    private static final FrameBatch FIRST = FrameBatches.raw(VIDEO, 0, 0, 3, false);
    private static final FrameBatch SECOND = FrameBatches.raw(VIDEO, 1, 3, 3, true);

    private final BatchOrder order = new BatchOrder(VIDEO, 4_000_000, 0, 0);
    private long offset = 100;

    @Test
    void a_batch_comes_when_its_last_chunk_is_there() {
        order.add(FIRST.toChunks().get(0), offset++);
        assertThat(order.next()).isEmpty();
        order.add(FIRST.toChunks().get(1), offset++);

        assertThat(order.next()).contains(FIRST);
        assertThat(order.next()).isEmpty();
    }

    @Test
    void batches_come_in_the_order_of_their_segments() {
        addAll(SECOND);
        assertThat(order.next()).isEmpty();
        addAll(FIRST);

        assertThat(order.next()).contains(FIRST);
        assertThat(order.isDone()).isFalse();
        assertThat(order.next()).contains(SECOND);
        assertThat(order.isDone()).isTrue();
    }

    @Test
    void a_second_copy_of_a_batch_does_not_come() {
        addAll(FIRST);
        order.next();
        addAll(FIRST);

        assertThat(order.next()).isEmpty();
    }

    @Test
    void copies_that_are_interleaved_complete_each_other() {
        List<FrameChunk> chunks = FIRST.toChunks();
        order.add(chunks.get(1), offset++);
        order.add(chunks.get(1), offset++);
        order.add(chunks.get(0), offset++);

        assertThat(order.next()).contains(FIRST);
    }

    @Test
    void a_damaged_chunk_is_passed_over_and_the_next_copy_is_taken() {
        FrameChunk damaged = FrameChunk.newBuilder(FIRST.toChunks().get(0)).build();
        damaged.getData().put(0, (byte) (damaged.getData().get(0) + 1));
        order.add(damaged, offset++);
        order.add(FIRST.toChunks().get(1), offset++);
        assertThat(order.next()).isEmpty();
        addAll(FIRST);

        assertThat(order.next()).contains(FIRST);
    }

    @Test
    void a_forged_chunk_does_not_mix_with_the_true_ones() {
        FrameChunk forged = FrameChunk.newBuilder(FIRST.toChunks().get(0))
                .setData(ByteBuffer.allocate(786432))
                .setCrc32c(Checksum.of(new byte[786432]))
                .setBatchCrc32c(1)
                .build();
        order.add(forged, offset++);
        addAll(FIRST);

        assertThat(order.next()).contains(FIRST);
    }

    @Test
    void a_batch_that_does_not_continue_the_video_is_passed_over() {
        addAll(FrameBatches.raw(VIDEO, 0, 99, 3, false));
        assertThat(order.next()).isEmpty();
        addAll(FIRST);

        assertThat(order.next()).contains(FIRST);
    }

    @Test
    void what_waits_is_limited() {
        addAll(SECOND);
        addAll(FrameBatches.raw(VIDEO, 2, 6, 3, false));
        addAll(FrameBatches.raw(VIDEO, 3, 9, 3, false));

        assertThatThrownBy(() -> addAll(FrameBatches.raw(VIDEO, 4, 12, 3, false)))
                .isInstanceOf(PayloadMissingException.class)
                .hasMessageContaining("segment 0 has not come, and 4026432 bytes of later ones wait")
                .hasMessageContaining("of at most 4000000");

        addAll(FIRST);
        assertThat(order.next()).as("the next one always has room").contains(FIRST);
    }

    @Test
    void incomplete_batches_make_room_for_whole_ones() {
        order.add(FrameBatches.raw(VIDEO, 7, 21, 3, false).toChunks().get(0), offset++);
        addAll(SECOND);
        addAll(FrameBatches.raw(VIDEO, 2, 6, 3, false));
        addAll(FIRST);

        assertThat(order.next()).contains(FIRST);
    }

    @Test
    void whoever_goes_on_from_the_first_offset_held_misses_nothing() {
        order.add(SECOND.toChunks().get(0), 7);
        addAll(FIRST);
        order.add(FIRST.toChunks().get(0), 200);

        assertThat(order.next()).contains(FIRST);
        assertThat(order.firstHeld())
                .as("of half a batch that is to come, not of copies of those that came")
                .hasValue(7);

        BatchOrder resumed = new BatchOrder(VIDEO, 4_000_000, 1, 3);
        FIRST.toChunks().forEach(chunk -> resumed.add(chunk, 8));
        SECOND.toChunks().forEach(chunk -> resumed.add(chunk, 9));

        assertThat(resumed.next()).contains(SECOND);
        assertThat(resumed.firstHeld()).isEmpty();
    }

    private void addAll(FrameBatch batch) {
        batch.toChunks().forEach(chunk -> order.add(chunk, offset++));
    }
}
