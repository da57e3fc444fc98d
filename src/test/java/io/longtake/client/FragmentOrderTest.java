package io.longtake.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.FragmentChunk;
import io.longtake.payload.PayloadMissingException;
import org.junit.jupiter.api.Test;

class FragmentOrderTest {

    private static final String VIDEO = "8a1f0c3e-5b7d-4e1a-9c2b-000000000001";

    private final FragmentOrder order = new FragmentOrder(VIDEO, 0);

    @Test
    void fragments_in_order_pass_to_the_last_one() {
        assertThat(order.admits(fragment(0, 0, 1))).isTrue();
        assertThat(order.admits(fragment(1, 0, 2))).isTrue();
        assertThat(order.admits(fragment(1, 1, 2))).isTrue();
        assertThat(order.isDone()).isFalse();
        assertThat(order.admits(last(2, 0, 2))).isTrue();
        assertThat(order.isDone()).isFalse();
        assertThat(order.admits(last(2, 1, 2))).isTrue();
        assertThat(order.isDone()).isTrue();
    }

    @Test
    void what_has_passed_does_not_pass_again() {
        order.admits(fragment(0, 0, 1));
        order.admits(fragment(1, 0, 2));

        assertThat(order.admits(fragment(0, 0, 1))).isFalse();
        assertThat(order.admits(fragment(1, 0, 2))).isFalse();
        assertThat(order.admits(fragment(1, 1, 2))).isTrue();
    }

    @Test
    void nothing_passes_after_the_last_fragment() {
        order.admits(last(0, 0, 1));

        assertThat(order.admits(fragment(1, 0, 1))).isFalse();
    }

    @Test
    void a_gap_is_refused_with_both_places_named() {
        order.admits(fragment(0, 0, 1));

        assertThatThrownBy(() -> order.admits(fragment(1, 1, 2)))
                .isInstanceOf(PayloadMissingException.class)
                .hasMessageContaining("expected fragment 1, chunk 0, found fragment 1, chunk 1");
        assertThatThrownBy(() -> order.admits(fragment(2, 0, 1))).isInstanceOf(PayloadMissingException.class);
    }

    @Test
    void a_damaged_fragment_does_not_pass_and_a_whole_one_after_it_does() {
        FragmentChunk damaged = fragment(0, 0, 1);
        damaged.getData().put(0, (byte) 99);

        assertThat(order.admits(damaged)).isFalse();
        assertThat(order.admits(fragment(0, 0, 1))).isTrue();
    }

    @Test
    void a_chunk_that_contradicts_the_first_one_of_its_fragment_is_passed_over() {
        order.admits(fragment(0, 0, 2));

        assertThat(order.admits(last(0, 1, 2))).isFalse();
        assertThat(order.admits(fragment(0, 1, 2))).isTrue();
    }

    @Test
    void a_fragment_that_somebody_began_does_not_keep_the_true_one_out() {
        order.admits(last(0, 0, 2));

        assertThat(order.admits(fragment(0, 0, 2))).isTrue();
        assertThat(order.admits(fragment(0, 1, 2))).isTrue();
        assertThat(order.isDone()).isFalse();
    }

    @Test
    void a_claim_that_no_video_can_keep_is_passed_over() {
        FragmentChunk absurd = FragmentChunk.newBuilder(fragment(0, 0, 1))
                .setChunk(7)
                .setChunkCount(3)
                .build();

        assertThat(order.admits(absurd)).isFalse();
    }

    private static FragmentChunk fragment(int fragment, int chunk, int count) {
        return Fragments.fragment(VIDEO, fragment, chunk, count, false);
    }

    private static FragmentChunk last(int fragment, int chunk, int count) {
        return Fragments.fragment(VIDEO, fragment, chunk, count, true);
    }
}
