package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.library.FragmentList.Slice;
import java.util.List;
import org.junit.jupiter.api.Test;

class FragmentListTest {

    private static final StoredFragment HEADER = new StoredFragment(0, 0, 0, "mp4", false, 10);
    private static final StoredFragment FIRST = new StoredFragment(1, 0, 24, "mp4", false, 100);
    private static final StoredFragment LAST = new StoredFragment(2, 24, 12, "mp4", true, 50);
    private static final FragmentList FRAGMENTS = new FragmentList(List.of(HEADER, FIRST, LAST));

    @Test
    void a_range_of_the_file_is_found_in_the_fragments_that_it_touches() {
        assertThat(FRAGMENTS.slices(0, 160))
                .containsExactly(new Slice(HEADER, 0, 10), new Slice(FIRST, 0, 100), new Slice(LAST, 0, 50));
        assertThat(FRAGMENTS.slices(9, 11)).containsExactly(new Slice(HEADER, 9, 1), new Slice(FIRST, 0, 1));
        assertThat(FRAGMENTS.slices(10, 110)).containsExactly(new Slice(FIRST, 0, 100));
        assertThat(FRAGMENTS.slices(159, 160)).containsExactly(new Slice(LAST, 49, 1));
        assertThat(FRAGMENTS.slices(5, 5)).isEmpty();
        assertThatThrownBy(() -> FRAGMENTS.slices(0, 161)).hasMessageContaining("0 .. 160");
    }

    @Test
    void it_counts_what_is_there() {
        assertThat(FRAGMENTS.bytes()).isEqualTo(160);
        assertThat(FRAGMENTS.frames()).isEqualTo(36);
        assertThat(FRAGMENTS.complete()).isTrue();
        assertThat(FRAGMENTS.segments()).containsExactly(FIRST, LAST);
        assertThat(FragmentList.EMPTY.playable()).isFalse();
        assertThat(FragmentList.EMPTY.with(HEADER).playable()).isFalse();
        assertThat(FragmentList.EMPTY.with(HEADER).with(FIRST).playable()).isTrue();
    }

    @Test
    void a_listing_with_a_gap_counts_up_to_the_gap() {
        assertThat(FragmentList.of(List.of(HEADER, LAST)).all()).containsExactly(HEADER);
        assertThat(FragmentList.of(List.of(FIRST, LAST)).all()).isEmpty();
        assertThatThrownBy(() -> new FragmentList(List.of(FIRST)))
                .hasMessageContaining("expected fragment 0, got fragment 1");
    }

    @Test
    void a_fragment_is_its_file_name() {
        for (StoredFragment fragment : FRAGMENTS.all()) {
            assertThat(StoredFragment.named(fragment.fileName())).hasValue(fragment);
        }
        assertThat(StoredFragment.named("video.json")).isEmpty();
        assertThat(StoredFragment.named("000001_0_0_9.mp4"))
                .as("a segment without frames")
                .isEmpty();
    }
}
