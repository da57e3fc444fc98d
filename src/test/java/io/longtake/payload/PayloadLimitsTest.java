package io.longtake.payload;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.ElementType;
import io.longtake.event.PayloadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class PayloadLimitsTest {

    @Test
    void an_honest_reference_passes() {
        assertThatCode(() -> PayloadLimits.check(tensor().build())).doesNotThrowAnyException();
        assertThatCode(() -> PayloadLimits.check(tensor().setDtype(ElementType.U8)
                        .setShape(List.of(2, 5, 7, 3))
                        .setBytes(210)
                        .build()))
                .doesNotThrowAnyException();
    }

    @Test
    void two_to_the_sixty_bytes_are_refused() {
        refuses(tensor().setBytes(1L << 60), "bytes: expected 1..67108864, got 1152921504606846976");
    }

    @Test
    void no_bytes_are_refused() {
        refuses(tensor().setBytes(0), "bytes: expected 1..67108864, got 0");
    }

    @Test
    void a_shape_that_takes_other_bytes_is_refused() {
        refuses(tensor().setShape(List.of(2, 4)), "shape [2, 4] of F32 takes 32 bytes, but bytes is 24");
    }

    @Test
    void a_shape_whose_product_overflows_is_refused() {
        refuses(tensor().setShape(List.of(1 << 30, 1 << 30, 1 << 30)), "shape");
        refuses(tensor().setShape(List.of(-2, -3)), "axis below 1");
    }

    @Test
    void frames_have_four_axes_and_three_colours() {
        refuses(tensor().setDtype(ElementType.U8).setShape(List.of(24)), "expected (frames, height, width, 3)");
        refuses(
                tensor().setDtype(ElementType.U8).setShape(List.of(1, 2, 3, 4)),
                "expected (frames, height, width, 3), got [1, 2, 3, 4]");
    }

    @Test
    void a_chunk_count_that_the_bytes_do_not_need_is_refused() {
        refuses(tensor().setChunkCount(Integer.MAX_VALUE), "chunk_count: expected 1 of at most 786432 bytes");
    }

    @Test
    void another_topic_is_refused() {
        refuses(tensor().setTopic("payroll"), "topic: expected longtake.latents, got payroll");
    }

    @Test
    void a_place_before_the_first_is_refused() {
        refuses(tensor().setPartition(-1), "partition: expected at least 0, got -1");
        refuses(tensor().setFirstOffset(-1), "first_offset: expected at least 0, got -1");
    }

    @Test
    void a_partition_that_the_topic_does_not_have_is_refused() {
        PayloadRef third = tensor().setPartition(2).build();
        assertThatCode(() -> PayloadLimits.checkPartition(third, 3)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PayloadLimits.checkPartition(third, 2))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessage("payload p, partition: expected 0..1, got 2");
    }

    @Test
    void chunks_that_nobody_has_written_are_refused() {
        PayloadRef last = tensor().setFirstOffset(8).setChunkCount(2).build();
        assertThatCode(() -> PayloadLimits.checkWritten(last, 10)).doesNotThrowAnyException();
        assertThatThrownBy(() -> PayloadLimits.checkWritten(last, 9))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageContaining("first_offset: expected at most 7")
                .hasMessageEndingWith("got 8");
    }

    private static void refuses(PayloadRef.Builder ref, String why) {
        assertThatThrownBy(() -> PayloadLimits.check(ref.build()))
                .isInstanceOf(CorruptPayloadException.class)
                .hasMessageStartingWith("payload p, ")
                .hasMessageContaining(why);
    }

    private static PayloadRef.Builder tensor() {
        return PayloadRef.newBuilder()
                .setPayloadId("p")
                .setTopic("longtake.latents")
                .setPartition(0)
                .setFirstOffset(0)
                .setChunkCount(1)
                .setBytes(24)
                .setCrc32c(0)
                .setDtype(ElementType.F32)
                .setShape(List.of(2, 3));
    }
}
