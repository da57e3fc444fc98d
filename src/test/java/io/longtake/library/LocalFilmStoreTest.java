package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFilmStoreTest extends FilmStoreContract {

    @TempDir
    private Path folder;

    @Override
    FilmStore open() {
        return new LocalFilmStore(folder.resolve("library"));
    }

    @Test
    void what_is_half_written_or_foreign_is_no_piece() throws IOException {
        put(HEADER, 1, 2, 3);
        Path film = folder.resolve("library/films").resolve(id);
        Files.write(film.resolve(FIRST.fileName()), new byte[] {4, 5});
        Files.write(film.resolve(LAST.fileName() + "123.part"), new byte[] {7, 7});
        Files.write(film.resolve("Notes of mine"), new byte[] {1});

        assertThat(store.pieces(id)).containsExactly(HEADER);
        assertThat(store.holding(id).documents()).isEmpty();
    }

    @Test
    void nothing_is_left_beside_what_was_written() throws IOException {
        put(HEADER, 1, 2, 3);
        store.write(id, "video.json", new byte[] {1});
        store.write(id, "video.json", new byte[] {2});

        try (Stream<Path> files = Files.list(folder.resolve("library/films").resolve(id))) {
            assertThat(files).hasSize(2);
        }
    }
}
