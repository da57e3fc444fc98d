package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RecentPiecesTest {

    private final AtomicInteger fetched = new AtomicInteger();
    private final RecentPieces recent = new RecentPieces(10);

    @Test
    void what_was_read_once_is_not_fetched_again() {
        assertThat(get("a", 4)).hasSize(4);
        assertThat(get("a", 4)).hasSize(4);

        assertThat(fetched).hasValue(1);
    }

    @Test
    void what_was_not_wanted_for_longest_makes_room() {
        get("a", 4);
        get("b", 4);
        get("a", 4);
        get("c", 4);

        assertThat(recent.bytes()).isEqualTo(8);
        get("a", 4);
        assertThat(fetched).hasValue(3);
        get("b", 4);
        assertThat(fetched).hasValue(4);
    }

    @Test
    void what_is_larger_than_the_room_is_not_held() {
        assertThat(get("a", 11)).hasSize(11);

        assertThat(recent.bytes()).isZero();
    }

    @Test
    void a_piece_kept_twice_is_held_once() {
        recent.keep("a", new byte[4]);
        recent.keep("a", new byte[4]);

        assertThat(recent.bytes()).isEqualTo(4);
    }

    @Test
    void a_film_is_forgotten() {
        get("film/1", 4);
        get("other/1", 4);

        recent.forget("film/");

        assertThat(recent.bytes()).isEqualTo(4);
        get("film/1", 4);
        assertThat(fetched).hasValue(3);
    }

    @Test
    void many_who_want_the_same_at_once_have_it_fetched_once() throws Exception {
        CountDownLatch all = new CountDownLatch(8);
        ExecutorService viewers = Executors.newFixedThreadPool(8);
        try {
            List<Future<byte[]>> reads = viewers.invokeAll(Collections.nCopies(8, () -> {
                all.countDown();
                all.await();
                return get("a", 4);
            }));
            for (Future<byte[]> read : reads) {
                assertThat(read.get()).hasSize(4);
            }
        } finally {
            viewers.shutdown();
        }
        assertThat(fetched).hasValue(1);
    }

    @Test
    void a_fetch_that_fails_is_tried_again_by_the_next() {
        UncheckedIOException broken = new UncheckedIOException(new IOException("broken"));

        assertThatThrownBy(() -> recent.get("a", () -> {
                    throw broken;
                }))
                .isSameAs(broken);

        assertThat(get("a", 4)).hasSize(4);
    }

    private byte[] get(String key, int length) {
        return recent.get(key, () -> fetch(length));
    }

    private byte[] fetch(int length) {
        fetched.incrementAndGet();
        return new byte[length];
    }
}
