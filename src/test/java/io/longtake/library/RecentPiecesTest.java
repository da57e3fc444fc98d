package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.longtake.event.Checksum;
import io.longtake.library.RecentPieces.Content;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecentPiecesTest {

    private static final int LENGTH = 1000;

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private final Deque<Runnable> reads = new ArrayDeque<>();
    private FilmStore store;
    private RecentPieces pieces;

    @BeforeEach
    void open() {
        store = new LocalFilmStore(folder);
        pieces = new RecentPieces(store, 3 * LENGTH);
    }

    @Test
    void many_who_ask_at_once_cost_one_read() {
        Piece piece = stored(1);

        List<CompletableFuture<Content>> asked = new ArrayList<>();
        for (int viewer = 0; viewer < 100; viewer++) {
            asked.add(pieces.read(id, piece, reads::add));
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
    void a_piece_that_has_just_come_is_not_read_at_all() {
        Piece piece = piece(1, LENGTH);
        pieces.put(id, piece, content(1));

        assertThat(pieces.read(id, piece).bytes()).isEqualTo(content(1));
        assertThat(pieces.run(id, piece, 10, 5, reads::add).join()).isEqualTo(ByteBuffer.wrap(content(1), 10, 5));
        assertThat(reads).isEmpty();
    }

    @Test
    void what_was_not_wanted_for_longest_goes_first() {
        for (int number = 1; number <= 3; number++) {
            pieces.put(id, piece(number, LENGTH), content(number));
        }
        pieces.read(id, piece(1, LENGTH));
        pieces.put(id, piece(4, LENGTH), content(4));

        assertThat(pieces.bytes()).isEqualTo(3 * LENGTH);
        assertThat(pieces.read(id, piece(1, LENGTH)).bytes()).isEqualTo(content(1));
        assertThatThrownBy(() -> pieces.read(id, piece(2, LENGTH))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_piece_that_is_larger_than_all_of_it_is_read_and_not_kept() {
        Piece large = stored(1, 4 * LENGTH);

        assertThat(pieces.read(id, large).bytes()).hasSize(4 * LENGTH);

        assertThat(pieces.bytes()).isZero();
        assertThat(pieces.run(id, large, 7, 9, Runnable::run).join().remaining())
                .isEqualTo(9);
        assertThat(pieces.bytes()).isZero();
    }

    @Test
    void a_read_that_failed_is_tried_again_by_the_next() {
        Piece piece = piece(1, LENGTH);
        assertThatThrownBy(() -> pieces.read(id, piece)).isInstanceOf(UncheckedIOException.class);

        stored(1);

        assertThat(pieces.read(id, piece).bytes()).isEqualTo(content(1));
        assertThat(pieces.bytes()).isEqualTo(LENGTH);
    }

    @Test
    void a_film_that_was_deleted_is_forgotten() {
        pieces.put(id, piece(1, LENGTH), content(1));

        pieces.forget(id);

        assertThat(pieces.bytes()).isZero();
        assertThatThrownBy(() -> pieces.read(id, piece(1, LENGTH))).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_run_cannot_be_written_to() {
        pieces.put(id, piece(1, LENGTH), content(1));

        assertThat(pieces.run(id, piece(1, LENGTH), 0, 1, reads::add).join().isReadOnly())
                .isTrue();
    }

    private Piece stored(int number) {
        return stored(number, LENGTH);
    }

    private Piece stored(int number, int length) {
        Piece piece = piece(number, length);
        byte[] content = new byte[length];
        java.util.Arrays.fill(content, (byte) number);
        store.put(id, piece, content);
        return piece;
    }

    private static Piece piece(int number, int length) {
        return new Piece(number, number * 24L, 24, "mp4", false, length);
    }

    private static byte[] content(int number) {
        byte[] content = new byte[LENGTH];
        java.util.Arrays.fill(content, (byte) number);
        return content;
    }
}
