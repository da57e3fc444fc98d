package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Checksum;
import io.longtake.library.FragmentCache.CachedFragment;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FragmentCacheTest {

    private static final int LENGTH = 1000;

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private final Deque<Runnable> reads = new ArrayDeque<>();
    private VideoStore store;
    private FragmentCache fragments;

    @BeforeEach
    void open() {
        store = new LocalVideoStore(folder);
        fragments = new FragmentCache(store, 3 * LENGTH);
    }

    @Test
    void many_who_ask_at_once_cost_one_read() {
        StoredFragment fragment = stored(1);

        List<CompletableFuture<CachedFragment>> asked = new ArrayList<>();
        for (int viewer = 0; viewer < 100; viewer++) {
            asked.add(fragments.read(id, fragment, reads::add));
        }
        assertThat(reads).hasSize(1);
        reads.remove().run();

        byte[] shared = asked.get(0).join().bytes();
        assertThat(shared).isEqualTo(content(1));
        assertThat(asked)
                .allSatisfy(content -> assertThat(content.join().bytes()).isSameAs(shared));
        assertThat(asked.get(0).join().crc32c()).isEqualTo(Checksum.of(content(1)));
    }

    @Test
    void a_fragment_that_has_just_come_is_not_read_at_all() {
        StoredFragment fragment = fragment(1, LENGTH);
        fragments.put(id, fragment, content(1));

        assertThat(fragments.read(id, fragment).bytes()).isEqualTo(content(1));
        assertThat(fragments.run(id, fragment, 10, 5, reads::add).join()).isEqualTo(ByteBuffer.wrap(content(1), 10, 5));
        assertThat(reads).isEmpty();
    }

    @Test
    void there_are_never_more_bytes_than_it_may_have_and_what_many_want_stays() {
        fragments.put(id, fragment(1, LENGTH), content(1));
        for (int number = 2; number <= 50; number++) {
            for (int viewer = 0; viewer < 10; viewer++) {
                assertThat(fragments.read(id, fragment(1, LENGTH)).bytes()).isEqualTo(content(1));
            }
            fragments.put(id, fragment(number, LENGTH), content(number));
            assertThat(fragments.bytes()).isLessThanOrEqualTo(3 * LENGTH);
        }

        assertThat(fragments.bytes()).isEqualTo(3 * LENGTH);
    }

    @Test
    void a_read_that_nobody_could_begin_is_tried_again_by_the_next() {
        StoredFragment fragment = stored(1);
        Executor closed = read -> {
            throw new RejectedExecutionException("closed");
        };
        assertThat(fragments.read(id, fragment, closed)).isCompletedExceptionally();

        assertThat(fragments.read(id, fragment).bytes()).isEqualTo(content(1));
    }

    @Test
    void a_fragment_that_is_larger_than_all_of_it_is_read_and_not_kept() {
        StoredFragment large = stored(1, 4 * LENGTH);

        assertThat(fragments.read(id, large).bytes()).hasSize(4 * LENGTH);

        assertThat(fragments.bytes()).isZero();
        assertThat(fragments.run(id, large, 7, 9, Runnable::run).join().remaining())
                .isEqualTo(9);
        assertThat(fragments.bytes()).isZero();
    }

    @Test
    void a_read_that_failed_is_tried_again_by_the_next() {
        StoredFragment fragment = fragment(1, LENGTH);
        assertThatThrownBy(() -> fragments.read(id, fragment)).isInstanceOf(UncheckedIOException.class);

        stored(1);

        assertThat(fragments.read(id, fragment).bytes()).isEqualTo(content(1));
        assertThat(fragments.bytes()).isEqualTo(LENGTH);
    }

    @Test
    void a_video_that_was_deleted_is_forgotten() {
        fragments.put(id, fragment(1, LENGTH), content(1));

        fragments.forget(id);

        assertThat(fragments.bytes()).isZero();
        assertThatThrownBy(() -> fragments.read(id, fragment(1, LENGTH))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_run_cannot_be_written_to() {
        fragments.put(id, fragment(1, LENGTH), content(1));

        assertThat(fragments
                        .run(id, fragment(1, LENGTH), 0, 1, reads::add)
                        .join()
                        .isReadOnly())
                .isTrue();
    }

    private StoredFragment stored(int number) {
        return stored(number, LENGTH);
    }

    private StoredFragment stored(int number, int length) {
        StoredFragment fragment = fragment(number, length);
        byte[] content = new byte[length];
        java.util.Arrays.fill(content, (byte) number);
        store.put(id, fragment, content);
        return fragment;
    }

    private static StoredFragment fragment(int number, int length) {
        return new StoredFragment(number, number * 24L, 24, "mp4", false, length);
    }

    private static byte[] content(int number) {
        byte[] content = new byte[LENGTH];
        java.util.Arrays.fill(content, (byte) number);
        return content;
    }
}
