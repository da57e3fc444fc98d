package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalFilmStoreTest {

    private static final Piece HEADER = new Piece(0, 0, 0, "mp4", false, 3);
    private static final Piece FIRST = new Piece(1, 0, 24, "mp4", false, 4);
    private static final Piece LAST = new Piece(2, 24, 12, "mp4", true, 2);

    @TempDir
    private Path folder;

    private final String id = UUID.randomUUID().toString();
    private FilmStore store;

    @BeforeEach
    void open() {
        store = new LocalFilmStore(folder.resolve("library"));
    }

    @Test
    void the_index_of_a_film_is_its_listing() {
        put(LAST, 7, 7);
        put(HEADER, 1, 2, 3);
        put(FIRST, 4, 5, 6, 7);

        FilmStore again = new LocalFilmStore(folder.resolve("library"));

        assertThat(again.films()).containsExactly(id);
        assertThat(again.pieces(id)).containsExactly(HEADER, FIRST, LAST);
    }

    @Test
    void a_run_of_bytes_is_read_alone() {
        put(FIRST, 4, 5, 6, 7);

        assertThat(store.read(id, FIRST, 1, 2)).containsExactly(5, 6);
        assertThat(store.read(id, FIRST, 4, 0)).isEmpty();
        assertThatThrownBy(() -> store.read(id, FIRST, 3, 2))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("ends before byte 5");
    }

    @Test
    void a_piece_put_twice_is_there_once() {
        put(HEADER, 1, 2, 3);
        put(HEADER, 1, 2, 3);

        assertThat(store.pieces(id)).containsExactly(HEADER);
    }

    @Test
    void what_is_half_written_or_foreign_is_no_piece() throws IOException {
        put(HEADER, 1, 2, 3);
        Path film = folder.resolve("library/films").resolve(id);
        Files.write(film.resolve(FIRST.fileName()), new byte[] {4, 5});
        Files.write(film.resolve(LAST.fileName() + "123.part"), new byte[] {7, 7});
        Files.write(film.resolve("notes.txt"), new byte[] {1});

        assertThat(store.pieces(id)).containsExactly(HEADER);
    }

    @Test
    void nothing_is_left_beside_what_was_written() throws IOException {
        put(HEADER, 1, 2, 3);
        store.write(id, "video.json", new byte[] {1});
        store.write(id, "video.json", new byte[] {2});

        assertThat(store.document(id, "video.json")).hasValue(new byte[] {2});
        try (Stream<Path> files = Files.list(folder.resolve("library/films").resolve(id))) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void a_deleted_film_is_remembered_as_that() {
        put(HEADER, 1, 2, 3);

        store.delete(id);
        store.delete(id);

        assertThat(store.films()).isEmpty();
        assertThat(store.pieces(id)).isEmpty();
        assertThat(new LocalFilmStore(folder.resolve("library")).deleted()).containsExactly(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../etc", "", "A0000000-0000-0000-0000-000000000000", "a/b", "\u0000"})
    void only_video_ids_become_paths(String text) {
        assertThatThrownBy(() -> store.pieces(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.document(text, "video.json")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../video.json", "video", "Video.json", "video.json.part"})
    void documents_have_plain_names(String name) {
        assertThatThrownBy(() -> store.document(id, name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.note(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private void put(Piece piece, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) bytes[i];
        }
        store.put(id, piece, data);
    }
}
