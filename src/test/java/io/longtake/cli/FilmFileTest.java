package io.longtake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.client.FilmPiece;
import io.longtake.video.Codec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilmFileTest {

    @TempDir
    private Path folder;

    @Test
    void a_finished_film_is_at_its_name_with_its_digest() throws IOException {
        Path path = folder.resolve("film.mp4");

        FilmFile.Finished film;
        try (FilmFile file = FilmFile.create(path)) {
            file.write(piece(0, 0, "ab"));
            file.write(piece(1, 24, "c"));
            assertThat(path).doesNotExist();
            film = file.finish();
        }

        assertThat(path).hasContent("abc");
        assertThat(film.frames()).isEqualTo(24);
        assertThat(film.bytes()).isEqualTo(3);
        assertThat(film.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void an_unfinished_film_leaves_nothing_and_spares_the_one_before() throws IOException {
        Path path = Files.writeString(folder.resolve("film.mp4"), "the film before");

        try (FilmFile file = FilmFile.create(path)) {
            file.write(piece(0, 0, "half"));
        }

        assertThat(path).hasContent("the film before");
        assertThat(folder).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void places_that_cannot_be_are_told_before_anything_is_written() {
        assertThat(FilmFile.problem(folder, Codec.H264)).contains("is a directory");
        assertThat(FilmFile.problem(folder.resolve("film.avi"), Codec.H264)).contains("must end in .mp4");
        assertThat(FilmFile.problem(folder.resolve("no/film.mp4"), Codec.H264)).contains("there is no directory");
        assertThat(FilmFile.problem(folder.resolve("film.mkv"), Codec.FFV1)).isNull();
    }

    private static FilmPiece piece(int number, int frames, String data) {
        return new FilmPiece(number, 0, frames, "mp4", false, data.getBytes());
    }
}
