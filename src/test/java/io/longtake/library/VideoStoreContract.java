package io.longtake.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store of videos does. */
abstract class VideoStoreContract {

    static final StoredFragment HEADER = new StoredFragment(0, 0, 0, "mp4", false, 3);
    static final StoredFragment FIRST = new StoredFragment(1, 0, 24, "mp4", false, 4);
    static final StoredFragment LAST = new StoredFragment(2, 24, 12, "mp4", true, 2);

    final String id = UUID.randomUUID().toString();
    VideoStore store;

    /** As another process would: on the same place. */
    abstract VideoStore open();

    @BeforeEach
    void openFirst() {
        store = open();
    }

    @Test
    void the_index_of_a_video_is_its_listing() {
        put(LAST, 7, 7);
        put(HEADER, 1, 2, 3);
        put(FIRST, 4, 5, 6, 7);
        store.write(id, "video.18.1.json", new byte[] {1});

        VideoStore again = open();

        assertThat(again.videos()).containsExactly(id);
        assertThat(again.listing(id).fragments()).containsExactly(HEADER, FIRST, LAST);
        assertThat(again.listing(id).documents()).containsExactly("video.18.1.json");
        assertThat(again.read(id, FIRST, 0, 4)).containsExactly(4, 5, 6, 7);
    }

    @Test
    void a_run_of_bytes_is_read_alone() {
        put(FIRST, 4, 5, 6, 7);

        for (VideoStore reader : new VideoStore[] {store, open()}) {
            assertThat(reader.read(id, FIRST, 1, 2)).containsExactly(5, 6);
            assertThat(reader.read(id, FIRST, 4, 0)).isEmpty();
            assertThatThrownBy(() -> reader.read(id, FIRST, 3, 2))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("ends before byte 5");
        }
    }

    @Test
    void a_run_of_a_large_fragment_is_read_alone() {
        byte[] large = new byte[3 << 20];
        large[2_000_000] = 9;
        StoredFragment fragment = new StoredFragment(1, 0, 24, "mp4", false, large.length);
        store.put(id, fragment, large);

        assertThat(open().read(id, fragment, 1_999_999, 3)).containsExactly(0, 9, 0);
        assertThat(open().read(id, fragment, 0, large.length)).isEqualTo(large);
    }

    @Test
    void a_fragment_put_twice_is_there_once() {
        put(HEADER, 1, 2, 3);
        put(HEADER, 1, 2, 3);
        open().put(id, HEADER, new byte[] {1, 2, 3});

        assertThat(store.fragments(id)).containsExactly(HEADER);
    }

    @Test
    void a_fragment_that_many_put_at_once_is_whole() {
        byte[] bytes = new byte[100_000];
        StoredFragment fragment = new StoredFragment(1, 0, 24, "mp4", false, bytes.length);

        IntStream.range(0, 8).parallel().forEach(writer -> store.put(id, fragment, bytes));

        assertThat(open().fragments(id)).containsExactly(fragment);
        assertThat(open().read(id, fragment, 0, bytes.length)).isEqualTo(bytes);
    }

    @Test
    void a_fragment_has_the_length_that_it_says() {
        assertThatThrownBy(() -> put(HEADER, 1, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected 3 bytes, got 2");
        assertThat(store.videos()).isEmpty();
    }

    @Test
    void a_fragment_that_is_not_there_is_an_error_that_names_it() {
        assertThatThrownBy(() -> store.read(id, FIRST, 0, 4))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(FIRST.fileName());
    }

    @Test
    void a_document_is_what_was_written_last_and_can_be_dropped() {
        store.write(id, "video.json", new byte[] {1});
        store.write(id, "video.json", new byte[] {2, 2});
        assertThat(open().document(id, "video.json")).hasValue(new byte[] {2, 2});

        store.drop(id, "video.json");
        store.drop(id, "video.json");

        assertThat(open().document(id, "video.json")).isEmpty();
        assertThat(open().listing(id).documents()).isEmpty();
    }

    @Test
    void a_video_that_nobody_knows_has_nothing() {
        assertThat(store.listing(id).fragments()).isEmpty();
        assertThat(store.listing(id).documents()).isEmpty();
        assertThat(store.document(id, "video.json")).isEmpty();
    }

    @Test
    void a_note_is_about_no_video() {
        assertThat(store.note("positions.json")).isEmpty();
        store.note("positions.json", new byte[] {1});

        assertThat(open().note("positions.json")).hasValue(new byte[] {1});
        assertThat(open().videos()).isEmpty();
    }

    @Test
    void a_deleted_video_is_remembered_as_that() {
        String other = UUID.randomUUID().toString();
        store.put(other, HEADER, new byte[] {1, 2, 3});
        put(HEADER, 1, 2, 3);
        store.write(id, "video.18.1.json", new byte[] {1});

        store.delete(id);
        store.delete(id);

        assertThat(store.videos()).containsExactly(other);
        assertThat(store.fragments(id)).isEmpty();
        assertThatThrownBy(() -> store.read(id, HEADER, 0, 3)).isInstanceOf(UncheckedIOException.class);
        assertThat(open().deleted()).containsExactly(id);
    }

    @Test
    void what_is_written_after_a_deletion_brings_no_video_back_and_goes_with_the_next() {
        store.delete(id);
        put(HEADER, 1, 2, 3);
        assertThat(open().videos()).isEmpty();

        open().delete(id);

        assertThat(open().listing(id).fragments()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../etc", "", "A0000000-0000-0000-0000-000000000000", "a/b", "\u0000"})
    void only_video_ids_become_paths(String text) {
        assertThatThrownBy(() -> store.fragments(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(text)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.document(text, "video.json")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.put(text, HEADER, new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"..", "../video.json", "video", "Video.json", "video.json.part", "video.1.2.3.json", "a/b.json"})
    void documents_have_plain_names(String name) {
        assertThatThrownBy(() -> store.document(id, name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.drop(id, name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.note(name)).isInstanceOf(IllegalArgumentException.class);
    }

    final void put(StoredFragment fragment, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) bytes[i];
        }
        store.put(id, fragment, data);
    }
}
