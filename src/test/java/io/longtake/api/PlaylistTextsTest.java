package io.longtake.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.longtake.library.LibraryVideo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaylistTextsTest {

    private final PlaylistTexts texts = new PlaylistTexts();
    private FakeVideoServices services;
    private String id;

    @BeforeEach
    void order(@TempDir Path folder) {
        services = new FakeVideoServices(folder);
        id = services.order(3);
        services.grow(id, 0, false);
    }

    @Test
    void all_who_ask_while_a_video_stands_so_get_the_same_bytes() {
        byte[] once = texts.text(video(), Playlist.PlaylistStart.LIVE, false);

        assertThat(texts.text(video(), Playlist.PlaylistStart.LIVE, false)).isSameAs(once);
        assertThat(texts.text(video(), Playlist.PlaylistStart.BEGINNING, false)).isNotEqualTo(once);
        assertThat(texts.text(video(), Playlist.PlaylistStart.LIVE, false)).isSameAs(once);
    }

    @Test
    void a_video_that_has_grown_or_ended_is_told_anew() {
        LibraryVideo before = video();
        services.grow(id, 1, false);
        assertThat(text(video())).contains("pieces/2.m4s").isNotEqualTo(text(before));

        services.cancel(id);

        assertThat(text(video())).endsWith("#EXT-X-ENDLIST\n");
    }

    @Test
    void videos_do_not_mix_however_many_there_are() {
        for (int video = 0; video < 100; video++) {
            String other = services.order(1);
            services.grow(other, 0, true);
            assertThat(text(services.library.videos().find(other).orElseThrow()))
                    .contains("ENDLIST");
        }

        assertThat(text(video())).doesNotContain("ENDLIST");
    }

    /** Digits of Persian, Egyptian Arabic, Thai and Hindi are not those of ASCII, and Turkish has another small I. */
    @ParameterizedTest
    @ValueSource(strings = {"fa-IR", "ar-EG", "th-TH-u-nu-thai", "hi-IN-u-nu-deva", "tr-TR"})
    void names_and_documents_are_the_same_in_every_language(String language, @TempDir Path folder) throws IOException {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag(language));
        try {
            services = new FakeVideoServices(folder);
            id = services.order(3);
            services.grow(id, 0, false);

            assertThat(text(video())).matches("\\p{ASCII}+").contains("pieces/1.m4s");
            try (Stream<Path> stored = Files.walk(folder)) {
                assertThat(stored.map(file -> folder.relativize(file).toString()))
                        .allMatch(name -> name.matches("\\p{ASCII}*"))
                        .anyMatch(name -> name.contains("000001"));
            }
        } finally {
            Locale.setDefault(before);
        }
    }

    private String text(LibraryVideo video) {
        return new String(texts.text(video, Playlist.PlaylistStart.BEGINNING, false), StandardCharsets.UTF_8);
    }

    private LibraryVideo video() {
        return services.library.videos().find(id).orElseThrow();
    }
}
